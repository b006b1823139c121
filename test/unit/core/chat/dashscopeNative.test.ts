import assert from "node:assert/strict";

import { runChat } from "../../../../src/core/chat/runChat.ts";
import type { StreamEvent } from "../../../../src/core/chat/streamEvent.ts";
import type { GatewayRequest } from "../../../../src/core/ports.ts";
import { aBody, anEndpoint, aStreamReply, someCredentials } from "../../../support/builders.ts";

type Extra = Readonly<Record<string, unknown>>;

/** The request that is sent to this base URL, and what becomes of the reply. */
async function chat(
  baseUrl: string,
  body: string,
  extra: Extra = {},
): Promise<{ readonly sent: GatewayRequest | undefined; readonly events: readonly StreamEvent[] }> {
  let sent: GatewayRequest | undefined;
  const gateway = {
    open: (request: GatewayRequest) => {
      sent = request;
      return Promise.resolve({ kind: "reply" as const, reply: aStreamReply(aBody([body])) });
    },
  };
  const request = {
    endpoint: anEndpoint({ baseUrl }),
    model: "qwen-plus",
    messages: [{ role: "user", content: "Hello" }],
    extra,
  };
  const events: StreamEvent[] = [];
  for await (const event of runChat(request, someCredentials(), gateway, new AbortController().signal)) {
    events.push(event);
  }
  return { sent, events };
}

describe("a chat with DashScope's native API", () => {
  const native = "https://dashscope.aliyuncs.com/api/v1";
  const event = (content: string, finish: string): string =>
    `id:1\nevent:result\n:HTTP_STATUS/200\ndata:${JSON.stringify({ output: { choices: [{ message: { content }, finish_reason: finish }] } })}\n\n`;

  it("sends its own body, asks for a stream of pieces, and reads them", async () => {
    const body = event("Hel", "null") + event("lo", "null") + event("", "stop");
    const extra = { enable_thinking: false, parameters: { top_p: 0.5 } };
    const { sent, events } = await chat(native, body, extra);
    assert.deepEqual(
      events.flatMap((each) => (each.kind === "answer" ? [each.text] : [])),
      ["Hel", "lo"],
    );
    assert.deepEqual(events.at(-1), {
      kind: "ended",
      outcome: { kind: "finished", finishReason: "stop" },
    });
    assert.equal(sent?.path, "/services/aigc/text-generation/generation");
    assert.deepEqual(sent.headers, { "x-dashscope-sse": "enable" });
    assert.deepEqual(sent.body, {
      model: "qwen-plus",
      input: { messages: [{ role: "user", content: "Hello" }] },
      parameters: { result_format: "message", incremental_output: true, top_p: 0.5, enable_thinking: false },
    });
  });

  it("leaves beside its parameters what stands there, and sends no stream of the other API", async () => {
    const extra = { resources: [{ type: "document" }], seed: 1, stream: true };
    const { sent } = await chat(native, event("Hi", "stop"), extra);
    assert.deepEqual(sent?.body, {
      model: "qwen-plus",
      input: { messages: [{ role: "user", content: "Hello" }] },
      resources: [{ type: "document" }],
      parameters: { result_format: "message", incremental_output: true, seed: 1 },
    });
  });

  it("asks for the whole reply, without the header, where no stream is wanted", async () => {
    const body = JSON.stringify({
      output: { choices: [{ message: { content: "Hi" }, finish_reason: "stop" }] },
    });
    const { sent, events } = await chat(native, body, { stream: false });
    assert.equal(sent?.headers, undefined);
    assert.equal("stream" in (sent?.body as object), false);
    assert.deepEqual(
      events.flatMap((each) => (each.kind === "answer" ? [each.text] : [])),
      ["Hi"],
    );
  });

  const paths = [
    { baseUrl: `${native}/`, path: "/services/aigc/text-generation/generation" },
    { baseUrl: `${native}/services/aigc/text-generation/generation`, path: "" },
    { baseUrl: "http://localhost:8000/api/v1/services/aigc/text-generation/generation/", path: "" },
    { baseUrl: "https://dashscope.aliyuncs.com/compatible-mode/v1", path: "/chat/completions" },
    // The same path, and another API.
    { baseUrl: "https://openrouter.ai/api/v1", path: "/chat/completions" },
  ];
  for (const { baseUrl, path } of paths) {
    it(`asks ${baseUrl} at “${path}”`, async () => {
      const { sent } = await chat(baseUrl, event("Hi", "stop"));
      assert.equal(sent?.path, path);
      assert.equal(sent.headers !== undefined, path !== "/chat/completions");
    });
  }
});
