import assert from "node:assert/strict";
import type { Fix } from "../../../src/core/diagnosis/finding.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import {
  answerAfter,
  blackHolePort,
  byteByByte,
  headBytes,
  neverAnswer,
  reply,
  replyThenClose,
  serveModels,
  stallMidHeader,
  stallMidStream,
  startFaultServer,
  type Behaviour,
} from "../../support/faultServer.ts";
import { endpointAt, patient } from "../support/endpoints.ts";
import { blockerIn, ladderBench } from "../support/ladderBench.ts";

/** A whole reply where one is asked for; of a stream one piece, then comments for ever, as llama.cpp and OpenRouter send. */
const answersButDrips: Behaviour = {
  on: "request",
  act: async (exchange) => {
    if (exchange.request?.body.includes('"stream":true') !== true) {
      const choices = [{ index: 0, message: { role: "assistant", content: "pong" }, finish_reason: "stop" }];
      await reply({ body: { object: "chat.completion", choices } }).act(exchange);
      return;
    }
    const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
    await exchange.write(
      headBytes(200, { "content-type": "text/event-stream", "transfer-encoding": "chunked" }),
    );
    await exchange.write(chunk('data: {"choices":[{"index":0,"delta":{"content":"1"}}]}\n\n'));
    while (await exchange.write(chunk(": ping\n\n"))) {
      await exchange.pause(50);
    }
  },
};

const models = { body: { object: "list", data: [{ id: "qwen-test" }] } };

describe("servers that are slow", () => {
  const { started, climb } = ladderBench();

  const late: readonly {
    readonly name: string;
    readonly behaviour: Behaviour;
    readonly path?: string;
    readonly timer: "firstByteMs" | "idleMs";
    readonly code: string;
  }[] = [
    { name: "accepts and is silent", behaviour: neverAnswer, timer: "firstByteMs", code: "http.timeout" },
    { name: "stops in a header", behaviour: stallMidHeader, timer: "firstByteMs", code: "http.timeout" },
    {
      name: "stops in the body",
      behaviour: stallMidStream(["{"], { headers: { "content-type": "application/json" } }),
      timer: "idleMs",
      code: "stream.stalled",
    },
    {
      name: "is silent when the model is asked",
      behaviour: neverAnswer,
      path: "/v1/chat/completions",
      timer: "firstByteMs",
      code: "http.timeout",
    },
    {
      name: "stops in the answer of the model",
      behaviour: stallMidStream(["{"], { headers: { "content-type": "application/json" } }),
      path: "/v1/chat/completions",
      timer: "idleMs",
      code: "stream.stalled",
    },
  ];
  for (const { name, behaviour, path = "/v1/models", timer, code } of late) {
    it(`names ${code} for one that ${name}, and offers ${timer} doubled`, async () => {
      const server = await started(startFaultServer());
      serveModels(server);
      server.serve(behaviour, path);
      const timeouts = { ...patient, [timer]: 150 };
      const finding = blockerIn(await climb(endpointAt(server.baseUrl, { timeouts })), code);
      assert.deepEqual(finding.fixes[0], { kind: "set-timeout", timer, milliseconds: 300 } satisfies Fix);
    });
  }

  it("names stream.stalled for a stream of keep-alives without an end, and ends", async () => {
    const server = await started(startFaultServer());
    serveModels(server);
    server.serve(answersButDrips, "/v1/chat/completions");
    const endpoint = endpointAt(server.baseUrl, { timeouts: { ...patient, totalMs: 1000 } });
    const finding = blockerIn(await climb(endpoint, { subject: { depth: "full" } }), "stream.stalled");
    assert.match(finding.evidence.join(" "), /TIMEOUT \(total\)/);
  });

  it("offers connectMs doubled, and every address that was tried, for another machine that drops", async () => {
    const hole = await started(blackHolePort());
    const sockets = {
      ...nodeSockets(),
      lookup: () =>
        Promise.resolve({
          kind: "found" as const,
          durationMs: 0,
          addresses: [
            { address: "127.0.0.1", family: 4 as const },
            { address: "127.0.0.2", family: 4 as const },
          ],
        }),
      connect: (...[, ...rest]: Parameters<ReturnType<typeof nodeSockets>["connect"]>) =>
        nodeSockets().connect("127.0.0.1", ...rest),
    };
    const timeouts = { ...patient, connectMs: 150 };
    const endpoint = endpointAt(`http://gpu.invalid:${hole.port}/v1`, { timeouts });
    const finding = blockerIn(await climb(endpoint, { ports: { sockets } }), "connect.timeout");
    assert.equal(finding.evidence.length, 2);
    assert.deepEqual(finding.fixes[0], { kind: "set-timeout", timer: "connectMs", milliseconds: 300 });
  });

  const fine: readonly { readonly name: string; readonly behaviour: Behaviour }[] = [
    { name: "takes its time", behaviour: answerAfter(100, models) },
    { name: "writes a byte at a time", behaviour: byteByByte(models) },
    { name: "closes the connection that it promised to keep", behaviour: replyThenClose(models) },
  ];
  for (const { name, behaviour } of fine) {
    it(`finds nothing wrong with one that ${name}`, async () => {
      const server = await started(startFaultServer());
      serveModels(server);
      server.serve(behaviour, "/v1/models");
      for (let count = 0; count < 2; count++) {
        const report = await climb(endpointAt(server.baseUrl));
        assert.equal(report.verdict, "healthy", JSON.stringify(report.findings));
      }
    });
  }
});
