import assert from "node:assert/strict";

import { chat } from "../../../../../src/core/diagnosis/steps/chat.ts";
import { anEndpoint, aFault, aReply } from "../../../../support/builders.ts";
import { delta, done } from "../../../../support/chatStreams.ts";
import { aMessage, type Answer, climbChat, refused } from "../../../../support/chatWorld.ts";
import type { Fields } from "../../../../support/scriptedModel.ts";

const pong = aMessage({ content: "pong" });
const needsStream = refused("parameter.enable_thinking must be set to false for non-streaming calls");

describe("the chat rung", () => {
  it("sends a minimal request, and passes with an answer", async () => {
    const { sent, codes, learned } = await climbChat(chat, () => pong);
    assert.deepEqual(sent, [
      { model: "Qwen3-8B", messages: [{ role: "user", content: "ping" }], max_tokens: 8 },
    ]);
    assert.deepEqual(codes, []);
    assert.deepEqual(learned?.chatHabits, { delivery: "whole", limit: "max_tokens", reasoning: "none" });
  });

  it("passes where eight tokens held nothing but thinking", async () => {
    const answer = aMessage({ content: null, reasoning_content: "Okay, the user" }, "length");
    const { codes, learned } = await climbChat(chat, () => answer);
    assert.deepEqual(codes, []);
    assert.equal(learned?.chatHabits?.reasoning, "seen");
  });

  it("asks for a stream where nothing else is allowed, and warns", async () => {
    const { sent, codes, learned } = await climbChat(chat, ({ stream }) =>
      stream === true
        ? { pieces: [delta({ content: null, reasoning_content: "用户" }), delta({}, "length"), done] }
        : needsStream,
    );
    assert.equal(sent.length, 2);
    assert.deepEqual(codes, [["request.thinking-needs-stream", "warning"]]);
    assert.deepEqual(learned?.chatHabits, { delivery: "stream", limit: "max_tokens", reasoning: "seen" });
  });

  it("fails with the stream's own fault where the stream breaks as well", async () => {
    const { codes, learned } = await climbChat(chat, ({ stream }) =>
      stream === true ? { pieces: [delta({ content: "po" })], fault: aFault("ECONNRESET") } : needsStream,
    );
    assert.deepEqual(codes, [
      ["stream.cut", "blocker"],
      ["request.thinking-needs-stream", "warning"],
    ]);
    assert.equal(learned, undefined);
  });

  const limits: readonly {
    readonly name: string;
    readonly answer: (request: Fields) => Answer;
    readonly limit: string | undefined;
  }[] = [
    {
      name: "max_completion_tokens, where the refusal names it",
      answer: ({ max_tokens: limit }) =>
        limit === undefined
          ? pong
          : refused(
              "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            ),
      limit: "max_completion_tokens",
    },
    {
      name: "no limit, where both names are refused",
      answer: (request) =>
        "max_tokens" in request || "max_completion_tokens" in request
          ? refused("max_tokens and max_completion_tokens are not allowed")
          : pong,
      limit: undefined,
    },
    {
      name: "no limit, where the value is refused",
      answer: (request) => ("max_tokens" in request ? refused("max_tokens must be at least 16") : pong),
      limit: undefined,
    },
  ];
  for (const { name, answer, limit } of limits) {
    it(`asks again with ${name}, and notes it`, async () => {
      const { codes, learned } = await climbChat(chat, answer);
      assert.ok(codes.length > 0);
      assert.ok(codes.every(([code, severity]) => code === "request.max-tokens" && severity === "note"));
      assert.equal(learned?.chatHabits?.limit, limit);
    });
  }

  it("gives up after a handful of requests where everything is refused", async () => {
    const { sent, codes } = await climbChat(chat, () => refused("max_tokens, or max_completion_tokens"));
    assert.equal(sent.length, 3);
    assert.equal(codes[0]?.join(), "request.max-tokens,blocker");
  });

  it("names a refused extra_body", async () => {
    const { codes } = await climbChat(chat, () =>
      refused("Unrecognized request argument supplied: extra_body"),
    );
    assert.deepEqual(codes, [["request.extra-body", "blocker"]]);
  });

  it("finds http.malformed in JSON that is no completion", async () => {
    const { codes } = await climbChat(chat, () => aReply({ hello: "world" }));
    assert.deepEqual(codes, [["http.malformed", "blocker"]]);
  });

  it("asks the generate protocol once, in its own words", async () => {
    const subject = { endpoint: anEndpoint({ protocol: "generate" }) };
    const { sent, codes } = await climbChat(chat, () => aReply({ generated_text: "pong" }), { subject });
    assert.deepEqual(sent, [{ prompt: "ping", max_tokens: 8 }]);
    assert.deepEqual(codes, []);
  });
});
