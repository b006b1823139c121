import assert from "node:assert/strict";
import { lookup } from "node:dns/promises";
import { createServer, type AddressInfo } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { HttpOutcome, NetworkFault } from "../../../src/core/ports.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import {
  answerAfter,
  blackHolePort,
  byteByByte,
  chunkedReply,
  closeAfterRequest,
  closeAtOnce,
  endMidBody,
  endMidStream,
  hugeModelsList,
  neverAnswer,
  rawReply,
  refusedPort,
  reply,
  resetAtOnce,
  resetMidBody,
  resetMidHeader,
  resetMidStream,
  stallMidStream,
  startFaultServer,
  type Behaviour,
  type FaultServer,
} from "../../support/faultServer.ts";
import { getRequest, patient, unaborted } from "../support/endpoints.ts";
import { eventually } from "../support/eventually.ts";

const body = '{"object":"list","data":[]}';
const json = { "content-type": "application/json" };
const longerThanTimers = 60_000;

describe("nodeHttp and the faults of a server", () => {
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
    readonly fault: { readonly phase: NetworkFault["phase"]; readonly code: RegExp };
    readonly body?: string;
  }
  const broken: readonly Broken[] = [
    {
      name: "closes at once",
      behaviour: closeAtOnce,
      kind: "fault",
      fault: { phase: "headers", code: /^ECONNRESET|EPIPE$/ },
    },
    {
      name: "resets at once",
      behaviour: resetAtOnce,
      kind: "fault",
      fault: { phase: "headers", code: /^ECONNRESET|EPIPE$/ },
    },
    {
      name: "closes after the request",
      behaviour: closeAfterRequest,
      kind: "fault",
      fault: { phase: "headers", code: /^ECONNRESET$/ },
    },
    {
      name: "resets in a header",
      behaviour: resetMidHeader,
      kind: "fault",
      fault: { phase: "headers", code: /^ECONNRESET$/ },
    },
    {
      name: "sends bytes that are no HTTP",
      behaviour: rawReply("220 mail.invalid ESMTP\r\n"),
      kind: "fault",
      fault: { phase: "headers", code: /^HPE_INVALID_/ },
    },
    {
      name: "sends headers without end",
      behaviour: rawReply(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}\r\n\r\n`),
      kind: "fault",
      fault: { phase: "headers", code: /^HPE_HEADER_OVERFLOW$/ },
    },
    {
      name: "resets in the body",
      behaviour: resetMidBody({ headers: json, body }),
      kind: "cut",
      fault: { phase: "body", code: /^ECONNRESET$/ },
      body,
    },
    {
      name: "ends in the body",
      behaviour: endMidBody({ headers: json, body }),
      kind: "cut",
      fault: { phase: "body", code: /^ECONNRESET$/ },
      body,
    },
    {
      name: "resets in a chunked body",
      behaviour: resetMidStream(["ab", "cd"], { headers: json }),
      kind: "cut",
      fault: { phase: "body", code: /^ECONNRESET$/ },
      body: "abcd",
    },
    {
      name: "ends in a chunked body",
      behaviour: endMidStream(["ab", "cd"], { headers: json }),
      kind: "cut",
      fault: { phase: "body", code: /^ECONNRESET$/ },
      body: "abcd",
    },
    {
      name: "sends a chunk size that is none",
      behaviour: rawReply("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\nzz\r\n"),
      kind: "cut",
      fault: { phase: "body", code: /^HPE_INVALID_CHUNK_SIZE$/ },
      body: "ab",
    },
    {
      name: "sends a compressed body that is not",
      behaviour: reply({ headers: { ...json, "content-encoding": "gzip" }, body }),
      kind: "cut",
      fault: { phase: "body", code: /^Z_DATA_ERROR$/ },
      body: "",
    },
    {
      name: "cuts a compressed body and calls it whole",
      behaviour: reply({
        headers: { ...json, "content-encoding": "gzip" },
        body: gzipSync(body).subarray(0, -6),
      }),
      kind: "cut",
      fault: { phase: "body", code: /^Z_BUF_ERROR$/ },
    },
    {
      name: "resets in a compressed body",
      behaviour: resetMidBody({
        headers: { ...json, "content-encoding": "br" },
        body: brotliCompressSync(body).subarray(0, 4),
      }),
      kind: "cut",
      fault: { phase: "body", code: /^ECONNRESET$/ },
    },
  ];
  for (const { name, behaviour, kind, fault: expected, body: partial } of broken) {
    it(`names what happened when a server ${name}`, async () => {
      server.serve(behaviour);
      const outcome = await send();
      assert.ok(outcome.kind === kind, JSON.stringify(outcome));
      assert.ok(outcome.kind !== "reply");
      assert.equal(outcome.fault.phase, expected.phase);
      assert.match(outcome.fault.code, expected.code);
      assert.equal(outcome.fault.timer, undefined);
      assert.notEqual(outcome.fault.message, "");
      if (outcome.kind === "cut") {
        assert.equal(outcome.reply.status, 200);
        if (partial !== undefined) assert.equal(outcome.reply.body, partial);
      }
      await eventually("the connection is closed", () => server.openConnections === 0);
    });
  }

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

  describe("and its limits", () => {
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
          act: async ({ write }) => void (await write("HTTP/1.1 200 OK\r\nx-half")),
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
        assert.ok(outcome.kind === kind && outcome.kind !== "reply", JSON.stringify(outcome));
        const { code, timer: fired, phase: reached } = outcome.fault;
        assert.deepEqual({ code, fired, reached }, { code: "TIMEOUT", fired: timer, reached: phase });
        if (outcome.kind === "cut") assert.match(outcome.reply.body, /^(ab|x+)$/);
        await eventually("the connection is closed", () => server.openConnections === 0);
      });
    }

    it("does not count a body that keeps coming as idle", async () => {
      server.serve(chunkedReply(Array<string>(20).fill("x"), { pauseMs: 20 }));
      const outcome = await send({ timeouts: { ...patient, idleMs: 300 } });
      assert.equal(outcome.kind, "reply");
    });
  });
});

describe("nodeHttp and addresses that take no connection", () => {
  let http: NodeHttp;
  beforeEach(() => {
    http = nodeHttp();
  });
  afterEach(() => http.dispose());
  const faultOf = async (url: string, timeouts = patient): Promise<NetworkFault> => {
    const outcome = await http.send(getRequest(url, { timeouts }), unaborted());
    assert.ok(outcome.kind === "fault", JSON.stringify(outcome));
    return outcome.fault;
  };

  for (const host of ["127.0.0.1", "::1"] as const) {
    const shown = host === "::1" ? "[::1]" : host;
    it(`names a refusal of ${shown}`, async () => {
      const port = await refusedPort(host);
      const fault = await faultOf(`http://${shown}:${port}/v1/models`);
      const attempts = [{ address: `${shown}:${port}`, code: "ECONNREFUSED" }];
      assert.deepEqual(
        { ...fault, message: "" },
        { phase: "connect", code: "ECONNREFUSED", message: "", attempts },
      );
    });
  }

  it("lists every address of localhost that refused", async () => {
    const port = await refusedPort();
    const addresses = await lookup("localhost", { all: true });
    const fault = await faultOf(`http://localhost:${port}/v1/models`);
    assert.equal(fault.code, "ECONNREFUSED");
    assert.deepEqual(
      fault.attempts.map(({ address }) => address).sort(),
      addresses.map(({ address, family }) => `${family === 6 ? `[${address}]` : address}:${port}`).sort(),
    );
    assert.ok(fault.attempts.every(({ code }) => code === "ECONNREFUSED"));
  });

  it("names a name that does not exist", async () => {
    const fault = await faultOf("http://no-such-host.invalid/v1/models");
    assert.equal(fault.phase, "name");
    assert.match(fault.code, /^(ENOTFOUND|EAI_AGAIN)$/);
    assert.deepEqual(fault.attempts, []);
  });

  it("gives up connecting to a host that drops everything, and says which address", async () => {
    const hole = await blackHolePort();
    try {
      const startMs = performance.now();
      const fault = await faultOf(`http://127.0.0.1:${hole.port}/v1/models`, { ...patient, connectMs: 150 });
      const { phase, code, timer, attempts } = fault;
      assert.deepEqual(
        { phase, code, timer, attempts },
        {
          phase: "connect",
          code: "TIMEOUT",
          timer: "connect",
          attempts: [{ address: `127.0.0.1:${hole.port}`, code: "TIMEOUT" }],
        },
      );
      assert.ok(performance.now() - startMs < 5000);
    } finally {
      await hole.close();
    }
  });

  it("reaches a server that listens on IPv6 alone", async () => {
    const server = await startFaultServer({ host: "::1" });
    server.serve(reply({ body }));
    const outcome = await http.send(getRequest(`${server.baseUrl}/models`), unaborted());
    assert.equal(outcome.kind, "reply");
    await server.close();
  });

  for (const url of ["not a url", "http://", "ftp://127.0.0.1/v1", "http://127.0.0.1:99999/v1"]) {
    it(`sends nothing to "${url}" and says so without throwing`, async () => {
      const fault = await faultOf(url);
      assert.equal(fault.phase, "send");
      assert.match(fault.code, /^ERR_INVALID_(URL|PROTOCOL)$/);
    });
  }

  const unsendable: readonly { readonly name: string; readonly value: string }[] = [
    { name: "a line feed", value: "Bearer sk-first\nsecond-half" },
    {
      name: "a carriage return and a header of its own",
      value: "Bearer sk-first\r\nx-smuggled: second-half",
    },
    { name: "a Chinese letter", value: "Bearer sk-first-密钥" },
    { name: "a NUL", value: "Bearer sk-first\0second" },
  ];
  for (const { name, value } of unsendable) {
    it(`sends no header that holds ${name}, and the fault does not repeat it`, async () => {
      let connections = 0;
      const server = createServer((socket) => {
        connections += 1;
        socket.destroy();
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const outcome = await http.send(getRequest(url, { headers: { authorization: value } }), unaborted());
      server.close();
      assert.ok(outcome.kind === "fault");
      assert.equal(outcome.fault.code, "ERR_INVALID_CHAR");
      assert.doesNotMatch(JSON.stringify(outcome), /first|second|sk-|密/);
      assert.equal(connections, 0);
    });
  }
});
