import assert from "node:assert/strict";

import { chatWireRequest } from "../../../../src/core/chat/chatRequest.ts";
import { runChat } from "../../../../src/core/chat/runChat.ts";
import type { StreamEvent } from "../../../../src/core/chat/streamEvent.ts";
import type { Endpoint } from "../../../../src/core/endpoint/endpoint.ts";
import { aBody, anEndpoint, aStreamReply, someCredentials } from "../../../support/builders.ts";

const messages = [
  { role: "system", content: "Be short." },
  {
    role: "user",
    content: [
      { type: "text", text: "one" },
      { type: "text", text: "two" },
    ],
  },
  { role: "assistant", content: "three" },
  { role: "user", content: "four" },
];
const extra = { temperature: 0.5, top_p: 0.9, max_tokens: 7 };
const native = { baseUrl: "https://dashscope.aliyuncs.com/api/v1" };
const generate = { protocol: "generate" } as const;

function sent(endpoint: Partial<Endpoint>, more: object = {}): ReturnType<typeof chatWireRequest> {
  return chatWireRequest(
    { endpoint: anEndpoint(endpoint), model: "m", messages, extra: { ...extra, ...more } },
    "asked",
  );
}

describe("the body of a chat with several messages and parameters", () => {
  it("has all at the top level in the OpenAI protocol", () => {
    const { body } = sent({});
    assert.deepEqual(body, {
      model: "m",
      messages,
      stream: true,
      stream_options: { include_usage: true },
      ...extra,
    });
  });

  it("has the parameters inside of its own object in DashScope's, the messages as they are", () => {
    assert.deepEqual(sent(native).body, {
      model: "m",
      input: { messages },
      parameters: { result_format: "message", incremental_output: true, ...extra },
    });
  });

  it('is one prompt with the roles in the protocol "generate", the parameters beside it', () => {
    const prompt = "system: Be short.\n\nuser: one\ntwo\n\nassistant: three\n\nuser: four";
    assert.deepEqual(sent(generate).body, { prompt, ...extra });
    const request = { endpoint: anEndpoint(generate), model: "m", messages, extra: {} };
    const unlimited = chatWireRequest(request, "asked");
    assert.equal(unlimited.body["max_tokens"], 1024);
  });
});

describe("an answer asked for in one piece", () => {
  const whole = { stream: false };

  it("has no options of a stream, and no header of one", () => {
    assert.equal("stream_options" in sent({}, whole).body, false);
    assert.equal(sent({}, whole).body["stream"], false);
    assert.equal(sent(native, whole).headers, undefined);
    assert.equal(JSON.stringify(sent(native, whole).body).includes('"stream"'), false);
    assert.deepEqual(sent(native, { stream: true }).headers, { "x-dashscope-sse": "enable" });
  });

  const replies = {
    "the OpenAI protocol": [
      {},
      { choices: [{ message: { role: "assistant", content: "hi" }, finish_reason: "stop" }] },
    ],
    "DashScope's own": [
      native,
      { output: { choices: [{ message: { role: "assistant", content: "hi" }, finish_reason: "stop" }] } },
    ],
  } as const;
  for (const [protocol, [endpoint, reply]] of Object.entries(replies)) {
    for (const [asked, codes] of [
      [whole, []],
      [{}, ["stream.plain-json"]],
    ] as const) {
      it(`is read in ${protocol}, and is ${codes.length === 0 ? "no surprise" : "one where a stream was asked for"}`, async () => {
        const gateway = {
          open: () =>
            Promise.resolve({
              kind: "reply" as const,
              reply: {
                ...aStreamReply(aBody([JSON.stringify(reply)])),
                headers: { "content-type": "application/json" },
              },
            }),
        };
        const request = { endpoint: anEndpoint(endpoint), model: "m", messages, extra: asked };
        const events: StreamEvent[] = [];
        for await (const event of runChat(
          request,
          someCredentials(),
          gateway,
          new AbortController().signal,
        )) {
          events.push(event);
        }
        assert.deepEqual(
          events.flatMap((each) => (each.kind === "noticed" ? [each.finding.code] : [])),
          codes,
        );
        assert.deepEqual(
          events.flatMap((each) => (each.kind === "answer" ? [each.text] : [])),
          ["hi"],
        );
      });
    }
  }

  it("that is refused for a parameter says so, with the field that was sent", async () => {
    const body = JSON.stringify({
      error: { message: "temperature must be in [0, 2], got 9.0.", param: "temperature" },
    });
    const gateway = {
      open: () =>
        Promise.resolve({
          kind: "reply" as const,
          reply: { status: 400, headers: { "content-type": "application/json" }, body: aBody([body]) },
        }),
    };
    const request = { endpoint: anEndpoint(), model: "m", messages, extra: { temperature: 9 } };
    let last: StreamEvent | undefined;
    for await (const event of runChat(request, someCredentials(), gateway, new AbortController().signal)) {
      last = event;
    }
    const findings = last?.kind === "ended" && last.outcome.kind === "failed" ? last.outcome.findings : [];
    assert.deepEqual(findings[0]?.fixes.slice(0, 2), [
      { kind: "set-parameter", name: "temperature", value: 2 },
      { kind: "drop-parameter", name: "temperature" },
    ]);
    assert.equal(findings[0].evidence.at(-1), '"temperature": 9');
  });
});
