import assert from "node:assert/strict";

import { createWireRecorder } from "../../../src/core/chat/recordWire.ts";
import { runChat } from "../../../src/core/chat/runChat.ts";
import type { WireExchange } from "../../../src/core/chat/runWire.ts";
import type { StreamEvent } from "../../../src/core/chat/streamEvent.ts";
import { createRedactor } from "../../../src/core/diagnosis/redact.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { openaiGateway } from "../../../src/io/openaiGateway.ts";
import { reply, sse, startFaultServer, type Behaviour, type FaultServer } from "../../support/faultServer.ts";
import { endpointAt, keyed, unaborted } from "../support/endpoints.ts";
import { eventually } from "../support/eventually.ts";
import { huntSecret } from "../support/secretHunt.ts";

const key = "sk-test-of-recordings-4711";
const delta = (content: string, finish: string | null = null): string =>
  JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] });
const hello = [delta("你好"), delta(", wörld"), delta("", "stop")];

describe("the record of a chat's bytes", () => {
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

  /** Runs a chat to its end and returns what was kept of it. */
  const recorded = async (
    behaviour: Behaviour,
    signal = unaborted(),
    heard: (event: StreamEvent) => void = () => undefined,
  ): Promise<readonly WireExchange[]> => {
    server.serve(behaviour);
    const redactor = createRedactor();
    const recorder = createWireRecorder(nodeClock, redactor);
    const credentials = keyed(key, { "X-Team": "search" });
    const way = openaiGateway(recorder.through(http, credentials));
    const messages = [{ role: "user" as const, content: "Grüß Gott" }];
    const request = { endpoint: endpointAt(server.baseUrl), model: "m", messages, extra: {} };
    for await (const event of runChat(request, credentials, way, signal)) {
      heard(event);
    }
    return recorder.exchanges();
  };

  it("has the request as the server got it, but for the key", async () => {
    const [exchange] = await recorded(sse(hello));
    const got = server.requests[0]!;
    assert.equal(exchange?.requestBody, got.body.toString());
    assert.equal(new URL(exchange.url).pathname, got.path);
    const { authorization, ...others } = exchange.requestHeaders;
    assert.equal(authorization, "Bearer •••");
    assert.equal(got.headers["authorization"], `Bearer ${key}`);
    for (const [name, value] of Object.entries(others)) {
      assert.equal(got.headers[name], value, name);
    }
    assert.equal(others["x-team"], "search");
  });

  for (const newline of ["\n", "\r\n"] as const) {
    for (const split of ["event", "byte", "once"] as const) {
      it(`has every event and its time, sent by ${split} with ${JSON.stringify(newline)}`, async () => {
        const [exchange] = await recorded(sse([{ comment: "ping" }, ...hello], { newline, split }));
        assert.deepEqual(
          exchange?.events.map(({ kind, text }) => [kind, text]),
          [["comment", "ping"], ...[...hello, "[DONE]"].map((text) => ["data", text])],
        );
        const times = exchange.events.map(({ atMs }) => atMs);
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        );
        assert.ok(times.every((atMs) => atMs > 0 && atMs <= exchange.durationMs));
      });
    }
  }

  it("has both requests where the first was refused for asking for usage", async () => {
    const refusal = reply({ status: 400, body: { error: { message: "stream_options is not known" } } });
    let asked = 0;
    const exchanges = await recorded({
      on: "request",
      act: (exchange) => (asked++ === 0 ? refusal : sse(hello)).act(exchange),
    });
    assert.deepEqual(
      exchanges.map(({ status, requestBody }) => [status, requestBody.includes("stream_options")]),
      [
        [400, true],
        [200, false],
      ],
    );
    assert.match(exchanges[0]?.replyBody ?? "", /is not known/);
  });

  it("keeps what had come when it is stopped, and does not keep the socket open", async () => {
    const abort = new AbortController();
    const [exchange] = await recorded(
      sse(hello.slice(0, 2), { done: "left-out", end: "stall" }),
      abort.signal,
      (event) => {
        if (event.kind === "answer" && event.text.includes("wörld")) {
          abort.abort();
        }
      },
    );
    await eventually("the socket is closed", () => server.openConnections === 0);
    assert.deepEqual(
      exchange?.events.map(({ kind, text }) => [kind, text]),
      [
        ["data", hello[0]],
        ["data", hello[1]],
        ["end", "ABORTED"],
      ],
    );
  });

  it("keeps the start of a reply that is very long, and lets all of it pass", async () => {
    const piece = delta("x".repeat(1024 * 1024));
    let answered = 0;
    const events = [...Array.from({ length: 10 }, () => piece), delta("", "stop")];
    const [exchange] = await recorded(sse(events), unaborted(), (event) => {
      answered += event.kind === "answer" ? event.text.length : 0;
    });
    assert.equal(answered, 10 * 1024 * 1024);
    assert.ok(
      exchange !== undefined && exchange.replyCut > 2 * 1024 * 1024 && exchange.replyCut < 3 * 1024 * 1024,
    );
    assert.equal(exchange.events.filter(({ kind }) => kind === "data").length, 7);
  });

  it("names the fault of a server that is not there", async () => {
    await server.close();
    const [exchange] = await recorded(sse(hello));
    assert.deepEqual(
      [exchange?.status, exchange?.fault, exchange?.replyBody],
      [undefined, "ECONNREFUSED", ""],
    );
    server = await startFaultServer();
  });

  for (const split of ["event", "byte"] as const) {
    it(`has no key, whatever the server echoes, sent by ${split}`, async () => {
      const [exchange] = await recorded(
        sse([delta(key), { comment: key }, { data: hello[0]!, event: key }, delta("", "stop")], {
          split,
          headers: { "x-echo": key, "set-cookie": `key=${key}` },
        }),
      );
      const { requestHeaders, replyHeaders, replyBody, events } = exchange!;
      assert.deepEqual(huntSecret(key, [requestHeaders, replyHeaders, replyBody, events]), []);
      assert.match(replyBody, /"content":"•••"/);
    });
  }
});
