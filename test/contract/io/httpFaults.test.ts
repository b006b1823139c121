import assert from "node:assert/strict";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { HttpOutcome } from "../../../src/core/ports.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import {
  closeAfterRequest,
  closeAtOnce,
  endMidBody,
  endMidStream,
  rawReply,
  reply,
  resetAtOnce,
  resetMidBody,
  resetMidHeader,
  resetMidStream,
  startFaultServer,
  type Behaviour,
  type FaultServer,
} from "../../support/faultServer.ts";
import { getRequest, unaborted } from "../support/endpoints.ts";
import { eventually } from "../support/eventually.ts";

const body = '{"object":"list","data":[]}';
const json = { "content-type": "application/json" };

describe("nodeHttp and a broken exchange", () => {
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

  interface Broken {
    readonly name: string;
    readonly behaviour: Behaviour;
    /** `fault`: no status came. `cut`: a status came, and this much of the body. */
    readonly kind: "fault" | "cut";
    readonly fault: { readonly phase: RegExp; readonly code: RegExp };
    readonly body?: string;
    /** What becomes of the connection; the default is "closed". "kept": the reply's bytes were whole. */
    readonly end?: "closed" | "kept";
  }
  const broken: readonly Broken[] = [
    {
      name: "closes at once",
      behaviour: closeAtOnce,
      kind: "fault",
      fault: { phase: /^headers$/, code: /^ECONNRESET|EPIPE$/ },
    },
    {
      name: "resets at once",
      behaviour: resetAtOnce,
      kind: "fault",
      fault: { phase: /^(connect|headers)$/, code: /^ECONNRESET|EPIPE$/ },
    },
    {
      name: "closes after the request",
      behaviour: closeAfterRequest,
      kind: "fault",
      fault: { phase: /^headers$/, code: /^ECONNRESET$/ },
    },
    {
      name: "resets in a header",
      behaviour: resetMidHeader,
      kind: "fault",
      fault: { phase: /^headers$/, code: /^ECONNRESET$/ },
    },
    {
      name: "sends bytes that are no HTTP",
      behaviour: rawReply("220 mail.invalid ESMTP\r\n"),
      kind: "fault",
      fault: { phase: /^headers$/, code: /^HPE_INVALID_/ },
    },
    {
      name: "sends headers without end",
      behaviour: rawReply(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}\r\n\r\n`),
      kind: "fault",
      fault: { phase: /^headers$/, code: /^HPE_HEADER_OVERFLOW$/ },
    },
    {
      name: "resets in the body",
      behaviour: resetMidBody({ headers: json, body }),
      kind: "cut",
      fault: { phase: /^body$/, code: /^ECONNRESET$/ },
      body,
    },
    {
      name: "ends in the body",
      behaviour: endMidBody({ headers: json, body }),
      kind: "cut",
      fault: { phase: /^body$/, code: /^ECONNRESET$/ },
      body,
    },
    {
      name: "resets in a chunked body",
      behaviour: resetMidStream(["ab", "cd"], { headers: json }),
      kind: "cut",
      fault: { phase: /^body$/, code: /^ECONNRESET$/ },
      body: "abcd",
    },
    {
      name: "ends in a chunked body",
      behaviour: endMidStream(["ab", "cd"], { headers: json }),
      kind: "cut",
      fault: { phase: /^body$/, code: /^ECONNRESET$/ },
      body: "abcd",
    },
    {
      name: "sends a body longer than its length",
      behaviour: rawReply("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok and more"),
      kind: "cut",
      fault: { phase: /^body$/, code: /^HPE_INVALID_CONSTANT$/ },
      body: "ok",
    },
    {
      name: "sends a chunk size that is none",
      behaviour: rawReply("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\nzz\r\n"),
      kind: "cut",
      fault: { phase: /^body$/, code: /^HPE_INVALID_CHUNK_SIZE$/ },
      body: "ab",
    },
    {
      name: "sends a compressed body that is not",
      behaviour: reply({ headers: { ...json, "content-encoding": "gzip" }, body }),
      kind: "cut",
      fault: { phase: /^body$/, code: /^Z_DATA_ERROR$/ },
      end: "kept",
      body: "",
    },
    {
      name: "cuts a compressed body and calls it whole",
      behaviour: reply({
        headers: { ...json, "content-encoding": "gzip" },
        body: gzipSync(body).subarray(0, -6),
      }),
      kind: "cut",
      fault: { phase: /^body$/, code: /^Z_BUF_ERROR$/ },
      end: "kept",
    },
    ...(["deflate", "br", "zstd"] as const).map((coding) => ({
      name: `sends a body that is no ${coding}`,
      behaviour: reply({
        headers: { ...json, "content-encoding": coding },
        body: Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4, 5]),
      }),
      kind: "cut" as const,
      fault: { phase: /^body$/, code: /^(Z_DATA_ERROR|ERR_.*FORMAT.*|ZSTD_error_.*)$/ },
      end: "kept" as const,
      body: "",
    })),
    {
      name: "cuts one of two codings",
      behaviour: reply({
        headers: { ...json, "content-encoding": "br, gzip" },
        body: gzipSync(brotliCompressSync(body.repeat(50)).subarray(0, -4)),
      }),
      kind: "cut",
      fault: { phase: /^body$/, code: /^Z_BUF_ERROR$/ },
      end: "kept",
    },
    {
      name: "resets in a compressed body",
      behaviour: resetMidBody({
        headers: { ...json, "content-encoding": "br" },
        body: brotliCompressSync(body).subarray(0, 4),
      }),
      kind: "cut",
      fault: { phase: /^body$/, code: /^ECONNRESET$/ },
    },
  ];
  for (const { name, behaviour, kind, fault: expected, body: partial, end = "closed" } of broken) {
    it(`names what happened when a server ${name}`, async () => {
      server.serve(behaviour);
      const outcome = await send();
      assert.ok(outcome.kind === kind, JSON.stringify(outcome));
      assert.match(outcome.fault.phase, expected.phase);
      assert.match(outcome.fault.code, expected.code);
      assert.equal(outcome.fault.timer, undefined);
      assert.notEqual(outcome.fault.message, "");
      if (outcome.kind === "cut") {
        assert.equal(outcome.reply.status, 200);
        if (partial !== undefined) assert.equal(outcome.reply.body, partial);
      }
      if (end === "closed") await eventually("the connection is closed", () => server.openConnections === 0);
    });
  }
});
