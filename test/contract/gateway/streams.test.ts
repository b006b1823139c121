import assert from "node:assert/strict";
import { runChat } from "../../../src/core/chat/runChat.ts";
import type { StreamEvent } from "../../../src/core/chat/streamEvent.ts";
import { emptyTranscript, foldEvent, type Transcript } from "../../../src/core/chat/transcript.ts";
import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import { startDemoServer } from "../../../src/demo/demoServer.ts";
import type { DemoLogEntry } from "../../../src/demo/requestLog.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { openaiGateway } from "../../../src/io/openaiGateway.ts";
import {
  neverAnswer,
  reply,
  sse,
  startFaultServer,
  type Behaviour,
  type FaultServer,
} from "../../support/faultServer.ts";
import { endpointAt, keyed, patient, unaborted } from "../support/endpoints.ts";
import { eventually } from "../support/eventually.ts";

const delta = (content: string, finish: string | null = null): string =>
  JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] });
const hello = [delta("你好"), delta(", wörld"), delta("", "stop")];

describe("a chat that streams", () => {
  let server: FaultServer;
  let http: NodeHttp;
  beforeEach(async () => {
    server = await startFaultServer();
    http = nodeHttp();
  });
  afterEach(async () => {
    http.dispose();
    await server.close();
  });

  const chat = (endpoint: Endpoint, signal = unaborted(), extra = {}): AsyncGenerator<StreamEvent> =>
    runChat(
      { endpoint, model: "demo-chat", messages: [{ role: "user", content: "hello" }], extra },
      keyed("sk-test-of-streams"),
      openaiGateway(http),
      signal,
    );
  const transcriptOf = async (behaviour: Behaviour, timeouts = patient): Promise<Transcript> => {
    server.serve(behaviour);
    let transcript = emptyTranscript;
    let ended = 0;
    for await (const event of chat(endpointAt(server.baseUrl, { timeouts }))) {
      assert.equal(ended, 0, "nothing comes after the end");
      ended += event.kind === "ended" ? 1 : 0;
      transcript = foldEvent(transcript, event, 0);
    }
    assert.equal(ended, 1);
    return transcript;
  };

  const whole: readonly {
    readonly name: string;
    readonly behaviour: Behaviour;
    readonly noticed?: string;
  }[] = [
    { name: "with line feeds", behaviour: sse(hello) },
    { name: "with CRLF", behaviour: sse(hello, { newline: "\r\n" }) },
    { name: "with carriage returns", behaviour: sse(hello, { newline: "\r" }) },
    { name: "a byte a chunk", behaviour: sse(hello, { split: "byte" }) },
    { name: "a byte a chunk with CRLF", behaviour: sse(hello, { split: "byte", newline: "\r\n" }) },
    { name: "all at once", behaviour: sse(hello, { split: "once" }) },
    {
      name: "with comments",
      behaviour: sse([{ comment: "ping" }, hello[0]!, { comment: "" }, ...hello.slice(1)]),
    },
    {
      name: "with event names, ids and retry",
      behaviour: sse(hello.map((data, index) => ({ data, event: "message", id: `${index}`, retryMs: 10 }))),
    },
    {
      name: "without a space after the colon",
      behaviour: sse(hello.map((data) => ({ raw: `data:${data}\n\n` }))),
    },
    { name: "with a byte order mark", behaviour: sse([{ raw: "\ufeff" }, ...hello]) },
    { name: "without [DONE]", behaviour: sse(hello, { done: "left-out" }), noticed: "stream.no-done" },
    {
      name: "without [DONE], reset after the finish reason",
      behaviour: sse(hello, { done: "left-out", end: "reset" }),
      noticed: "stream.no-done",
    },
    { name: "with [DONE], then reset", behaviour: sse(hello, { end: "reset" }) },
    { name: "with [DONE], then silence", behaviour: sse(hello, { end: "stall" }) },
    {
      name: "under the type of plain text",
      behaviour: sse(hello, { headers: { "content-type": "text/plain" } }),
    },
    {
      name: "under the type of plain text, with silence after [DONE]",
      behaviour: sse(hello, { headers: { "content-type": "text/plain" }, end: "stall" }),
    },
    {
      name: "with an event that is no JSON",
      behaviour: sse([hello[0]!, "{nonsense", ...hello.slice(1)]),
      noticed: "http.malformed",
    },
    {
      name: "as plain JSON",
      behaviour: reply({
        body: { choices: [{ message: { content: "你好, wörld" }, finish_reason: "stop" }] },
      }),
      noticed: "stream.plain-json",
    },
  ];
  for (const { name, behaviour, noticed } of whole) {
    it(`is whole ${name}`, async () => {
      const { answer, outcome, findings } = await transcriptOf(behaviour);
      assert.equal(answer, "你好, wörld");
      assert.deepEqual(outcome, { kind: "finished", finishReason: "stop" });
      assert.deepEqual(
        findings.map(({ code }) => code),
        noticed === undefined ? [] : [noticed],
      );
      if (name.includes("silence")) {
        await eventually("the connection that stayed silent is closed", () => server.openConnections === 0);
      }
    });
  }

  const failed: readonly {
    readonly name: string;
    readonly behaviour: Behaviour;
    readonly code: string;
    readonly answer?: string;
  }[] = [
    {
      name: "is cut",
      behaviour: sse([delta("half")], { done: "left-out", end: "cut" }),
      code: "stream.cut",
      answer: "half",
    },
    {
      name: "is reset",
      behaviour: sse([delta("half")], { done: "left-out", end: "reset" }),
      code: "stream.cut",
      answer: "half",
    },
    {
      name: "ends without a finish reason",
      behaviour: sse([delta("half")], { done: "left-out" }),
      code: "stream.cut",
      answer: "half",
    },
    {
      name: "stalls",
      behaviour: sse([delta("half")], { done: "left-out", end: "stall" }),
      code: "stream.stalled",
      answer: "half",
    },
    { name: "is empty", behaviour: sse([], { done: "left-out" }), code: "stream.cut" },
    {
      name: "holds an error object",
      behaviour: sse([delta("half"), JSON.stringify({ error: { message: "boom", code: 500 } })]),
      code: "stream.error-event",
      answer: "half",
    },
    {
      name: "holds an error text",
      behaviour: sse([JSON.stringify({ error: "boom" })], { newline: "\r\n", done: "left-out" }),
      code: "stream.error-event",
    },
    {
      name: "holds an error event",
      behaviour: sse([{ event: "error", data: "boom" }]),
      code: "stream.error-event",
    },
    {
      name: "holds a rate limit (DashScope)",
      behaviour: sse(
        [
          {
            raw: 'id:1\nevent:error\n:HTTP_STATUS/429\ndata:{"code":"Throttling.AllocationQuota","message":"TPM limit"}\n\n',
          },
        ],
        { done: "left-out" },
      ),
      code: "limit.tokens",
    },
  ];
  for (const { name, behaviour, code, answer = "" } of failed) {
    it(`that ${name} fails with ${code} and keeps what came`, async () => {
      const transcript = await transcriptOf(behaviour, { ...patient, idleMs: 300 });
      assert.equal(transcript.answer, answer);
      assert.equal(transcript.outcome?.kind, "failed");
      assert.equal(transcript.findings[0]?.code, code, JSON.stringify(transcript.findings));
      assert.ok(transcript.findings[0].fixes.length > 0);
    });
  }

  it("reads an event of 10 MB without hanging", async () => {
    const text = "x".repeat(10_000_000);
    const { answer, outcome } = await transcriptOf(sse([delta(text), delta("", "stop")]));
    assert.equal(answer.length, text.length);
    assert.equal(outcome?.kind, "finished");
  });

  it("replaces invalid UTF-8 and goes on", async () => {
    const [before = "", after = ""] = delta("a|b").split("|");
    const raw = Buffer.concat([
      Buffer.from(`data: ${before}`),
      Buffer.from([0xff, 0xc3]),
      Buffer.from(`${after}\n\n`),
    ]);
    const { answer } = await transcriptOf(sse([{ raw }, delta("", "stop")]));
    assert.equal(answer, "a\ufffd\ufffdb");
  });

  it("asks once more without usage when the server refuses to be asked for it", async () => {
    const refusal = reply({ status: 400, body: { error: { message: "stream_options is not supported" } } });
    const transcript = await transcriptOf({
      on: "request",
      act: (exchange) =>
        (exchange.request?.body.includes("stream_options") === true ? refusal : sse(hello)).act(exchange),
    });
    assert.equal(transcript.answer, "你好, wörld");
    assert.equal(server.requests.length, 2);
  });

  it("comes chunk by chunk from the demo endpoint, not at its end", async () => {
    const demo = await startDemoServer({ tokensPerSecond: 40 });
    try {
      let answers = 0;
      let doneAtFirst: boolean | undefined;
      for await (const event of chat(endpointAt(demo.baseUrl), unaborted(), {
        enable_thinking: false,
        demo_tokens: 12,
      })) {
        if (event.kind !== "answer") continue;
        answers += 1;
        doneAtFirst ??= demo.log.length > 0;
      }
      assert.equal(doneAtFirst, false, "the first text came while the server still wrote");
      assert.ok(answers >= 6, `${answers} pieces`);
    } finally {
      await demo.close();
    }
  });

  it("closes the connection at once when it is stopped, and the demo endpoint sees it", async () => {
    const logged: DemoLogEntry[] = [];
    const demo = await startDemoServer({
      tokensPerSecond: 20,
      onRequest: (entry) => void logged.push(entry),
    });
    try {
      const abort = new AbortController();
      const events: StreamEvent[] = [];
      for await (const event of chat(endpointAt(demo.baseUrl), abort.signal, { demo_tokens: 2000 })) {
        events.push(event);
        if (event.kind === "answer" || event.kind === "reasoning") abort.abort();
      }
      assert.deepEqual(events.at(-1), { kind: "ended", outcome: { kind: "stopped" } });
      assert.equal(events.filter(({ kind }) => kind === "ended").length, 1);
      await eventually("the demo has logged it", () => logged.length === 1);
      assert.equal(logged[0]?.finished, "client-closed");
    } finally {
      await demo.close();
    }
  });

  it("stops while it waits for the first byte, and the server sees it", async () => {
    server.serve(neverAnswer);
    const abort = new AbortController();
    const events: StreamEvent[] = [];
    const reading = (async () => {
      for await (const event of chat(endpointAt(server.baseUrl), abort.signal)) events.push(event);
    })();
    await eventually("the request has arrived", () => server.requests.length === 1);
    abort.abort();
    await reading;
    assert.deepEqual(events, [{ kind: "ended", outcome: { kind: "stopped" } }]);
    await eventually("the connection is closed", () => server.openConnections === 0);
  });
});
