import assert from "node:assert/strict";
import { brotliCompressSync, constants, deflateRawSync, gzipSync, zstdCompressSync } from "node:zlib";
import type { HttpOutcome } from "../../../src/core/ports.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import {
  answerAfter,
  chunkedReply,
  hugeModelsList,
  neverAnswer,
  reply,
  stallMidStream,
  startFaultServer,
  type Behaviour,
  type FaultServer,
} from "../../support/faultServer.ts";
import { getRequest, patient, unaborted } from "../support/endpoints.ts";
import { eventually } from "../support/eventually.ts";

const body = '{"object":"list","data":[]}';
const longerThanTimers = 60_000;

describe("nodeHttp and its limits", () => {
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
  const send = (fields: Parameters<typeof getRequest>[1] = {}): Promise<HttpOutcome> =>
    http.send(getRequest(`${server.baseUrl}/models`, fields), unaborted());

  it("stops reading a 50 MB list of models at the limit", async () => {
    const list = hugeModelsList(50_000_000);
    server.serve(list);
    const outcome = await send({ maxBytes: 1_000_000 });
    assert.ok(outcome.kind === "cut");
    assert.equal(outcome.fault.code, "TOO_LARGE");
    assert.ok(outcome.reply.bytes <= 1_000_000);
    await eventually("the connection is closed", () => server.openConnections === 0);
    assert.ok(list.bytesWritten < 20_000_000, `${list.bytesWritten}`);
  });

  it("counts what comes out of a compressed body, so that a small one can not fill the memory", async () => {
    server.serve(
      reply({ headers: { "content-encoding": "gzip" }, body: gzipSync(Buffer.alloc(50_000_000)) }),
    );
    const outcome = await send({ maxBytes: 1_000_000 });
    assert.ok(outcome.kind === "cut");
    assert.equal(outcome.fault.code, "TOO_LARGE");
    assert.ok(outcome.reply.bytes <= 1_000_000);
  });

  it("counts so through every layer of compression, and with every coding", async () => {
    const zeros = Buffer.alloc(50_000_000);
    const bombs: readonly (readonly [string, Buffer])[] = [
      ["br", brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
      ["deflate", deflateRawSync(zeros)],
      ["zstd", zstdCompressSync(zeros)],
      ["gzip, gzip", gzipSync(gzipSync(zeros))],
    ];
    for (const [coding, bomb] of bombs) {
      server.serve(reply({ headers: { "content-encoding": coding }, body: bomb }));
      const outcome = await send({ maxBytes: 1_000_000 });
      assert.ok(outcome.kind === "cut", coding);
      assert.equal(outcome.fault.code, "TOO_LARGE", coding);
      assert.ok(outcome.reply.bytes <= 1_000_000);
    }
  });

  it("takes a body of exactly the limit", async () => {
    server.serve(reply({ body: "x".repeat(1000) }));
    assert.equal((await send({ maxBytes: 1000 })).kind, "reply");
    server.serve(reply({ body: "x".repeat(1001) }));
    assert.equal((await send({ maxBytes: 1000 })).kind, "cut");
  });

  const timers: readonly {
    readonly name: string;
    readonly behaviour: Behaviour;
    readonly timeouts: object;
    readonly timer: string;
    readonly kind: "fault" | "cut";
    readonly phase: string;
  }[] = [
    {
      name: "a server that never answers",
      behaviour: neverAnswer,
      timeouts: { firstByteMs: 100 },
      timer: "firstByte",
      kind: "fault",
      phase: "headers",
    },
    {
      name: "a server that answers too late",
      behaviour: answerAfter(longerThanTimers, { body }),
      timeouts: { firstByteMs: 100 },
      timer: "firstByte",
      kind: "fault",
      phase: "headers",
    },
    {
      name: "half a header and silence",
      behaviour: {
        on: "request",
        act: async (exchange) => {
          await exchange.write("HTTP/1.1 200 OK\r\nx-half");
        },
      },
      timeouts: { firstByteMs: 100 },
      timer: "firstByte",
      kind: "fault",
      phase: "headers",
    },
    {
      name: "a body that stalls",
      behaviour: stallMidStream(["ab"]),
      timeouts: { idleMs: 100 },
      timer: "idle",
      kind: "cut",
      phase: "body",
    },
    {
      name: "a body that drips for ever",
      behaviour: chunkedReply(Array<string>(2000).fill("x"), { pauseMs: 20 }),
      timeouts: { idleMs: 10_000, totalMs: 250 },
      timer: "total",
      kind: "cut",
      phase: "body",
    },
    {
      name: "silence, when only the whole is limited",
      behaviour: neverAnswer,
      timeouts: { totalMs: 100 },
      timer: "total",
      kind: "fault",
      phase: "headers",
    },
  ];
  for (const { name, behaviour, timeouts, timer, kind, phase } of timers) {
    it(`ends ${name} with the timer "${timer}", and closes the connection`, async () => {
      server.serve(behaviour);
      const outcome = await send({ timeouts: { ...patient, ...timeouts } });
      assert.ok(outcome.kind === kind, JSON.stringify(outcome));
      const { code, timer: fired, phase: reached } = outcome.fault;
      assert.deepEqual({ code, fired, reached }, { code: "TIMEOUT", fired: timer, reached: phase });
      if (outcome.kind === "cut") assert.match(outcome.reply.body, /^(ab|x+)$/);
      await eventually("the connection is closed", () => server.openConnections === 0);
    });
  }

  it("tells connecting from waiting, wherever in a turn of the event loop it is called", async () => {
    server.serve(neverAnswer);
    const timeouts = { ...patient, connectMs: 5000, firstByteMs: 50 };
    const outcome = await new Promise<HttpOutcome>((resolve) => {
      setImmediate(() => resolve(send({ timeouts })));
    });
    assert.equal(outcome.kind === "fault" ? outcome.fault.timer : outcome.kind, "firstByte");
  });

  it("does not count a body that keeps coming as idle", async () => {
    server.serve(chunkedReply(Array<string>(20).fill("x"), { pauseMs: 20 }));
    const outcome = await send({ timeouts: { ...patient, idleMs: 300 } });
    assert.equal(outcome.kind, "reply");
  });
});
