import assert from "node:assert/strict";
import fc from "fast-check";
import { completeChat, completionBody } from "../../../src/demo/chatCompletion.ts";
import { readChatRequest, type ChatRequest } from "../../../src/demo/chatRequest.ts";
import { streamParts } from "../../../src/demo/chatStream.ts";
import type { JsonObject } from "../../../src/demo/json.ts";

const messages = [{ role: "user", content: "Hello" }];
const identity = { id: "chatcmpl-1", created: 1 };

function accepted(fields: JsonObject): ChatRequest {
  const request = readChatRequest({ model: "demo-chat", messages, ...fields });
  assert.equal(request.state, "valid");
  return request.value;
}

describe("a demo completion", () => {
  const switches: readonly { readonly fields: JsonObject; readonly thinking: "on" | "off" }[] = [
    { fields: {}, thinking: "on" },
    { fields: { enable_thinking: true }, thinking: "on" },
    { fields: { enable_thinking: false }, thinking: "off" },
    { fields: { chat_template_kwargs: { enable_thinking: true } }, thinking: "on" },
    { fields: { chat_template_kwargs: { enable_thinking: false } }, thinking: "off" },
    { fields: { reasoning_effort: "none" }, thinking: "off" },
    { fields: { reasoning_effort: "low" }, thinking: "on" },
  ];
  for (const { fields, thinking } of switches) {
    it(`has thinking ${thinking} for ${JSON.stringify(fields)}`, () => {
      assert.equal(accepted(fields).thinking, thinking);
      assert.equal(completeChat(accepted(fields), identity).reasoning.length > 0, thinking === "on");
    });
  }

  it("never has more tokens than max_tokens and says length exactly when something was cut", () => {
    const whole = completeChat(accepted({}), identity).usage.completion_tokens;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 * whole }), (maxTokens) => {
        const completion = completeChat(accepted({ max_tokens: maxTokens }), identity);
        assert.equal(completion.usage.completion_tokens, Math.min(whole, maxTokens));
        assert.equal(completion.finishReason, maxTokens < whole ? "length" : "stop");
      }),
    );
  });

  it("has null for content when max_tokens ended it while thinking", () => {
    const body = JSON.stringify(completionBody(completeChat(accepted({ max_tokens: 1 }), identity)));
    assert.match(body, /"content":null/);
  });

  it("says the same streamed and whole", () => {
    const completion = completeChat(accepted({}), identity);
    const data = [...streamParts(completion, "sent")].map((part) => part.data);
    const chunks = data.slice(0, -1).map((text) => JSON.parse(text) as StreamChunk);
    assert.equal(data.at(-1), "[DONE]");
    assert.deepEqual(chunks[0]?.choices[0]?.delta, { role: "assistant" });
    assert.equal(joined(chunks, "content"), completion.answer.join(""));
    assert.equal(joined(chunks, "reasoning_content"), completion.reasoning.join(""));
    assert.equal(chunks.at(-2)?.choices[0]?.finish_reason, "stop");
    assert.deepEqual(chunks.at(-1)?.choices, []);
    assert.deepEqual(chunks.at(-1)?.usage, completion.usage);
  });

  const refused: readonly { readonly fields: JsonObject; readonly problem: RegExp }[] = [
    { fields: { messages: [] }, problem: /at least one message/ },
    { fields: { messages: "hello" }, problem: /messages must be a list/ },
    { fields: { messages: [{ role: "user" }, { content: "x" }] }, problem: /messages\[1\]/ },
    { fields: { messages: [{ role: "user", content: 7 }] }, problem: /messages\[0\]/ },
    { fields: { max_tokens: 0 }, problem: /max_tokens/ },
    { fields: { max_completion_tokens: "9" }, problem: /max_completion_tokens/ },
    { fields: { demo_tokens: 1.5 }, problem: /demo_tokens/ },
    { fields: { demo_tokens: 1_000_001 }, problem: /at most 1000000/ },
  ];
  for (const { fields, problem } of refused) {
    it(`refuses ${JSON.stringify(fields)}`, () => {
      const request = readChatRequest({ model: "demo-chat", messages, ...fields });
      assert.equal(request.state, "invalid");
      assert.match(request.problem, problem);
    });
  }

  it("takes the last message of the user as the prompt, parts joined and pictures counted", () => {
    const parts = [{ type: "text", text: "see" }, { type: "image_url" }, { type: "text", text: "this" }];
    const conversation = [
      { role: "system", content: "be brief" },
      { role: "user", content: parts },
      { role: "assistant", content: null },
    ];
    const { source } = accepted({ messages: conversation });
    assert.deepEqual(source, {
      prompt: "see\nthis",
      messageCount: 3,
      unreadParts: 1,
      answerTokens: undefined,
    });
  });
});

interface StreamChunk {
  readonly choices: readonly {
    readonly delta: Readonly<Record<string, string>>;
    readonly finish_reason: string | null;
  }[];
  readonly usage?: unknown;
}

function joined(chunks: readonly StreamChunk[], field: string): string {
  return chunks.map((chunk) => chunk.choices[0]?.delta[field] ?? "").join("");
}
