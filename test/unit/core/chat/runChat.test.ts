import assert from "node:assert/strict";

import type { ChatRequest } from "../../../../src/core/chat/chatRequest.ts";
import { runChat } from "../../../../src/core/chat/runChat.ts";
import type { StreamEvent } from "../../../../src/core/chat/streamEvent.ts";
import type { BodyStream, GatewayRequest, ModelGateway, StreamOutcome } from "../../../../src/core/ports.ts";
import { aBody, aFault, anEndpoint, aStreamReply, someCredentials } from "../../../support/builders.ts";

interface FakeGateway extends ModelGateway {
  readonly requests: GatewayRequest[];
}

/** Gives these outcomes one after the other. */
function gateway(...outcomes: readonly StreamOutcome[]): FakeGateway {
  const requests: GatewayRequest[] = [];
  return {
    requests,
    open: (request) => {
      requests.push(request);
      return Promise.resolve(outcomes[requests.length - 1] ?? { kind: "fault", fault: aFault("UNEXPECTED") });
    },
  };
}

const replies = (
  status: number,
  body: unknown,
  stream: BodyStream = aBody([toText(body)]),
): StreamOutcome => ({
  kind: "reply",
  reply: aStreamReply(stream, {
    status,
    headers: { "content-type": status === 200 ? "text/event-stream" : "application/json" },
  }),
});

const toText = (body: unknown): string => (typeof body === "string" ? body : JSON.stringify(body));

const answer = 'data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

const request = (changes: Partial<ChatRequest> = {}): ChatRequest => ({
  endpoint: anEndpoint(),
  model: "org/m",
  messages: [{ role: "user", content: "Hello" }],
  extra: {},
  ...changes,
});

async function run(
  fake: ModelGateway,
  changes: Partial<ChatRequest> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of runChat(request(changes), someCredentials(), fake, signal)) {
    events.push(event);
  }
  assert.equal(events.filter(({ kind }) => kind === "ended").length, 1);
  return events;
}

function codesOf(events: readonly StreamEvent[]): readonly string[] {
  const last = events.at(-1);
  assert.ok(last?.kind === "ended");
  return last.outcome.kind === "failed" ? last.outcome.findings.map(({ code }) => code) : [last.outcome.kind];
}

describe("runChat", () => {
  it("streams the answer of a prompt", async () => {
    const fake = gateway(replies(200, answer));
    assert.deepEqual(await run(fake, { extra: { enable_thinking: false } }), [
      { kind: "opened", status: 200 },
      { kind: "answer", text: "hi" },
      { kind: "received", bytes: answer.length },
      { kind: "ended", outcome: { kind: "finished", finishReason: "stop" } },
    ]);
    assert.equal(fake.requests[0]?.path, "/chat/completions");
    assert.deepEqual(fake.requests[0].body, {
      model: "org/m",
      messages: [{ role: "user", content: "Hello" }],
      stream: true,
      stream_options: { include_usage: true },
      enable_thinking: false,
    });
  });

  const failures: readonly { name: string; outcome: StreamOutcome; code: string }[] = [
    { name: "401", outcome: replies(401, { error: "Unauthorized" }), code: "auth.missing" },
    {
      name: "an unknown model",
      outcome: replies(404, { error: { message: "The model `m` does not exist." } }),
      code: "model.unknown",
    },
    { name: "400 with a body", outcome: replies(400, { error: { message: "no" } }), code: "request.invalid" },
    { name: "502 with a page", outcome: replies(502, "<html>"), code: "http.gateway" },
    { name: "500 without a body", outcome: replies(500, ""), code: "http.server-error" },
    {
      name: "a refused connection",
      outcome: { kind: "fault", fault: aFault("ECONNREFUSED") },
      code: "connect.refused",
    },
    { name: "a redirect", outcome: replies(307, ""), code: "http.redirect" },
  ];
  for (const { name, outcome, code } of failures) {
    it(`fails with ${code} after ${name}`, async () => {
      assert.deepEqual(codesOf(await run(gateway(outcome))), [code]);
    });
  }

  it("asks once more without stream_options where a server refuses them", async () => {
    const refusal = { error: { message: "Unrecognized request argument supplied: stream_options" } };
    for (const status of [400, 422]) {
      const fake = gateway(replies(status, refusal), replies(200, answer));
      assert.deepEqual(codesOf(await run(fake)), ["finished"]);
      assert.equal(fake.requests.length, 2);
      assert.equal("stream_options" in fake.requests[1]!.body, false);
      assert.equal(fake.requests[1]?.body["stream"], true);
    }
  });

  it("asks no second time for any other refusal, and judges its body", async () => {
    const fake = gateway(replies(400, { error: { message: "context length exceeded" } }));
    assert.deepEqual(codesOf(await run(fake)), ["request.context-length"]);
    assert.equal(fake.requests.length, 1);
  });

  describe("with the generate protocol", () => {
    const endpoint = anEndpoint({ protocol: "generate" });
    const generated = (body: unknown): FakeGateway =>
      gateway({
        kind: "reply",
        reply: aStreamReply(aBody([toText(body)]), { headers: { "content-type": "application/json" } }),
      });

    it("sends the prompt to the model's own route and shows the text", async () => {
      const fake = generated({ generated_text: "hi" });
      assert.deepEqual(await run(fake, { endpoint, model: "org/a model" }), [
        { kind: "opened", status: 200 },
        { kind: "answer", text: "hi" },
        { kind: "received", bytes: '{"generated_text":"hi"}'.length },
        { kind: "ended", outcome: { kind: "finished", finishReason: "stop" } },
      ]);
      assert.equal(fake.requests[0]?.path, "/models/org/a%20model:generate");
      assert.deepEqual(fake.requests[0].body, { prompt: "Hello", max_tokens: 1024 });
    });

    const bad: readonly { name: string; body: unknown; code: string }[] = [
      { name: "no text", body: { text: "hi" }, code: "http.malformed" },
      { name: "a text that is none", body: { generated_text: 1 }, code: "http.malformed" },
      { name: "an error", body: { error: { message: "odd" } }, code: "http.error-in-200" },
      { name: "a page", body: "<html>", code: "http.not-an-api" },
    ];
    for (const { name, body, code } of bad) {
      it(`fails with ${code} when the reply holds ${name}`, async () => {
        assert.deepEqual(codesOf(await run(generated(body), { endpoint })), [code]);
      });
    }

    const good: readonly { name: string; body: unknown; events: readonly StreamEvent[] }[] = [
      { name: "an empty text, which is no first token", body: { generated_text: "" }, events: [] },
      {
        name: "thinking between tags",
        body: { generated_text: "<think>Hm</think>A" },
        events: [
          { kind: "reasoning", text: "Hm" },
          { kind: "answer", text: "A" },
        ],
      },
      {
        name: "a text to its last letter",
        body: { generated_text: "a </th" },
        events: [
          { kind: "answer", text: "a " },
          { kind: "answer", text: "</th" },
        ],
      },
      {
        name: "a list of one, as Hugging Face's servers send it",
        body: [{ generated_text: "A" }],
        events: [{ kind: "answer", text: "A" }],
      },
      {
        name: "usage",
        body: { generated_text: "A", usage: { completion_tokens: 1 } },
        events: [
          { kind: "answer", text: "A" },
          { kind: "usage", usage: { completionTokens: 1 } },
        ],
      },
    ];
    for (const { name, body, events } of good) {
      it(`reads ${name}`, async () => {
        const all = await run(generated(body), { endpoint });
        assert.deepEqual(
          all.filter(({ kind }) => !["opened", "received", "ended"].includes(kind)),
          events,
        );
        assert.deepEqual(codesOf(all), ["finished"]);
      });
    }

    it("is truncated when it was cut in the middle, and what came stands with the finding", async () => {
      const body = aBody(['{"generated_text":"ha'], aFault("ECONNRESET", { phase: "body" }));
      const all = await run(gateway({ kind: "reply", reply: aStreamReply(body) }), { endpoint });
      assert.deepEqual(codesOf(all), ["http.truncated"]);
      const ended = all.at(-1);
      const findings =
        ended?.kind === "ended" && ended.outcome.kind === "failed" ? ended.outcome.findings : [];
      assert.match(findings[0]?.evidence.at(-1) ?? "", /^21 characters had come: .*generated_text/);
    });

    it("is stopped when it was cancelled in the middle", async () => {
      const body = aBody(['{"generated'], aFault("ABORTED", { phase: "body" }));
      const fake = gateway({ kind: "reply", reply: aStreamReply(body) });
      assert.deepEqual(codesOf(await run(fake, { endpoint })), ["stopped"]);
    });
  });

  it("passes on what the transport measured", async () => {
    const reply = aStreamReply(aBody([answer]), { timings: () => ({ connectMs: 2, firstByteMs: 9 }) });
    const [opened] = await run(gateway({ kind: "reply", reply }));
    assert.deepEqual(opened, { kind: "opened", status: 200, timings: { connectMs: 2, firstByteMs: 9 } });
  });

  describe("cancelled", () => {
    const aborted = (): AbortSignal => {
      const controller = new AbortController();
      controller.abort();
      return controller.signal;
    };

    it("is stopped before the reply", async () => {
      const fake = gateway({ kind: "fault", fault: aFault("ABORTED") });
      assert.deepEqual(codesOf(await run(fake, {}, aborted())), ["stopped"]);
    });

    it("is stopped while it reads an error's body", async () => {
      const body = aBody(["{"], aFault("ABORTED", { phase: "body" }));
      assert.deepEqual(codesOf(await run(gateway(replies(500, "", body)), {}, aborted())), ["stopped"]);
    });

    it("is stopped in the middle of the answer, and keeps what came", async () => {
      const pieces = ['data: {"choices":[{"delta":{"content":"hi"}}]}\n\n'];
      const events = await run(
        gateway(replies(200, "", aBody(pieces, aFault("ABORTED", { phase: "body" })))),
      );
      assert.deepEqual(events.slice(1), [
        { kind: "answer", text: "hi" },
        { kind: "received", bytes: pieces[0]?.length },
        { kind: "ended", outcome: { kind: "stopped" } },
      ]);
    });

    it("passes its signal on to the wire", async () => {
      let given: AbortSignal | undefined;
      const signal = aborted();
      await run(
        {
          open: (_request, passed) => {
            given = passed;
            return Promise.resolve({ kind: "fault", fault: aFault("ABORTED") });
          },
        },
        {},
        signal,
      );
      assert.equal(given, signal);
    });
  });
});
