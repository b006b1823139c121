import assert from "node:assert/strict";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import type { HttpOutcome } from "../../../src/core/ports.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import {
  byteByByte,
  chunkedReply,
  rawReply,
  reply,
  startFaultServer,
  type Behaviour,
  type FaultServer,
} from "../../support/faultServer.ts";
import { getRequest, unaborted } from "../support/endpoints.ts";

const body = '{"object":"list","data":[]}';
const json = { "content-type": "application/json" };

describe("nodeHttp and a reply that came whole", () => {
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

  interface Whole {
    readonly name: string;
    readonly behaviour: Behaviour;
    readonly status?: number;
    readonly body: string;
  }
  const odd: readonly Whole[] = [
    {
      name: "HTML with 200",
      behaviour: reply({ headers: { "content-type": "text/html" }, body: "<p>x" }),
      body: "<p>x",
    },
    {
      name: "HTML with 502",
      behaviour: reply({ status: 502, headers: { "content-type": "text/html" }, body: "<p>x" }),
      status: 502,
      body: "<p>x",
    },
    { name: "an empty body", behaviour: reply({ headers: json }), body: "" },
    { name: "a 204", behaviour: rawReply("HTTP/1.1 204 No Content\r\n\r\n"), status: 204, body: "" },
    { name: "invalid JSON", behaviour: reply({ headers: json, body: '{"data": [' }), body: '{"data": [' },
    {
      name: "a wrong content type",
      behaviour: reply({ headers: { "content-type": "image/png" }, body }),
      body,
    },
    { name: "no content type", behaviour: reply({ body }), body },
    {
      name: "invalid UTF-8",
      behaviour: reply({ headers: json, body: Buffer.from([0x22, 0xff, 0xc3, 0x28, 0xe4, 0xbd]) }),
      body: '"\ufffd\ufffd(\ufffd',
    },
    {
      name: "a letter split over two chunks",
      behaviour: chunkedReply([Buffer.from([0xe4, 0xbd]), Buffer.from([0xa0])]),
      body: "你",
    },
    { name: "a reply a byte at a time", behaviour: byteByByte({ headers: json, body }), body },
    { name: "a reply without a length", behaviour: rawReply(`HTTP/1.0 200 OK\r\n\r\n${body}`), body },
    {
      name: "an early hint first",
      behaviour: rawReply(
        `HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok`,
      ),
      body: "ok",
    },
    {
      name: "gzip, though not asked for",
      behaviour: reply({ headers: { "content-encoding": "gzip" }, body: gzipSync(body) }),
      body,
    },
    {
      name: "x-gzip",
      behaviour: reply({ headers: { "content-encoding": "X-GZIP" }, body: gzipSync(body) }),
      body,
    },
    {
      name: "deflate",
      behaviour: reply({ headers: { "content-encoding": "deflate" }, body: deflateSync(body) }),
      body,
    },
    {
      name: "brotli",
      behaviour: reply({ headers: { "content-encoding": "br" }, body: brotliCompressSync(body) }),
      body,
    },
    {
      name: "deflate without its wrapping",
      behaviour: reply({ headers: { "content-encoding": "deflate" }, body: deflateRawSync(body) }),
      body,
    },
    {
      name: "deflate a byte at a time",
      behaviour: byteByByte({ headers: { "content-encoding": "deflate" }, body: deflateSync(body) }),
      body,
    },
    {
      name: "zstd",
      behaviour: reply({ headers: { "content-encoding": "zstd" }, body: zstdCompressSync(body) }),
      body,
    },
    {
      name: "two codings, the last one first",
      behaviour: reply({
        headers: { "content-encoding": "gzip, br" },
        body: brotliCompressSync(gzipSync(body)),
      }),
      body,
    },
    {
      name: "a compressed body without a byte",
      behaviour: reply({ status: 401, headers: { "content-encoding": "gzip" } }),
      status: 401,
      body: "",
    },
    {
      name: "a chunked body with trailers",
      behaviour: rawReply(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n2\r\nok\r\n0\r\nx-sum: 1\r\n\r\n",
      ),
      body: "ok",
    },
    {
      name: "a coding nobody knows",
      behaviour: reply({ headers: { "content-encoding": "identity" }, body }),
      body,
    },
    { name: "status 599", behaviour: reply({ status: 599, body }), status: 599, body },
  ];
  for (const { name, behaviour, status = 200, body: expected } of odd) {
    it(`gives ${name} as it is, and calls it no fault`, async () => {
      server.serve(behaviour);
      const outcome = await send();
      assert.ok(outcome.kind === "reply", JSON.stringify(outcome));
      assert.equal(outcome.reply.status, status);
      assert.equal(outcome.reply.body, expected);
    });
  }

  it("asks for no compression", async () => {
    server.serve(reply({ body }));
    await send();
    assert.equal(server.requests[0]?.headers["accept-encoding"], "identity");
  });

  it("gives headers in lower case and joins those sent twice", async () => {
    server.serve(
      rawReply(
        "HTTP/1.1 200 OK\r\nX-A: 1\r\nX-A: 2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\ncontent-length: 0\r\n\r\n",
      ),
    );
    const outcome = await send();
    assert.ok(outcome.kind === "reply");
    assert.equal(outcome.reply.headers["x-a"], "1, 2");
    assert.equal(outcome.reply.headers["set-cookie"], "a, b");
  });
});
