import assert from "node:assert/strict";
import type { HttpRequest } from "../../../src/core/ports.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import {
  blackHolePort,
  neverAnswer,
  refusedPort,
  reply,
  startFaultServer,
  startTlsServer,
  type FaultServer,
} from "../../support/faultServer.ts";
import { type LoopbackProxy, startProxy } from "../../support/loopbackProxy.ts";
import { getRequest, patient, unaborted } from "../support/endpoints.ts";
import { eventually } from "../support/eventually.ts";

const headers = { authorization: "Bearer sk-behind-the-proxy" };

describe("an endpoint's own proxy", () => {
  let http: NodeHttp;
  let proxy: LoopbackProxy;
  const running: { close(): Promise<void> }[] = [];
  const started = async <T extends { close(): Promise<void> }>(server: Promise<T>): Promise<T> => {
    running.push(await server);
    return server;
  };
  beforeEach(async () => {
    http = nodeHttp();
    proxy = await started(startProxy());
  });
  afterEach(async () => {
    http.dispose();
    await Promise.all(running.splice(0).map((server) => server.close()));
  });
  const plain = async (): Promise<FaultServer> => {
    const server = await started(startFaultServer());
    server.serve(reply({ body: "ok" }));
    return server;
  };
  const secure = async (): Promise<FaultServer> => {
    const server = await started(startTlsServer({ certificate: "trusted" }));
    server.serve(reply({ body: "ok" }));
    return server;
  };
  const send = (url: string, fields: Partial<HttpRequest> = {}) =>
    http.send(
      getRequest(url, { headers, tls: { verify: false }, proxy: proxy.origin, ...fields }),
      unaborted(),
    );

  for (const method of ["GET", "POST"] as const) {
    it(`takes a ${method} for plain http whole, and gives it on`, async () => {
      const server = await plain();
      const body = method === "POST" ? { body: '{"a":1}' } : {};
      const outcome = await send(`http://gpu.invalid:${server.port}/v1/x?y=1`, { method, ...body });
      assert.ok(outcome.kind === "reply", JSON.stringify(outcome));
      assert.equal(outcome.reply.body, "ok");
      assert.deepEqual(proxy.asked, [`${method} http://gpu.invalid:${server.port}/v1/x?y=1`]);
      const [received] = server.requests;
      assert.ok(received !== undefined);
      assert.equal(received.body.toString(), method === "POST" ? '{"a":1}' : "");
      assert.equal(received.headers["authorization"], headers.authorization);
    });

    it(`opens a tunnel for a ${method} with https, and sees nothing of it`, async () => {
      const server = await secure();
      const body = method === "POST" ? { body: '{"a":1}' } : {};
      const outcome = await send(`https://gpu.invalid:${server.port}/v1/x`, { method, ...body });
      assert.ok(outcome.kind === "reply", JSON.stringify(outcome));
      assert.deepEqual(proxy.asked, [`CONNECT gpu.invalid:${server.port}`]);
      assert.doesNotMatch(JSON.stringify(proxy.headers), /sk-behind-the-proxy/);
      assert.equal(server.requests[0]?.headers["authorization"], headers.authorization);
    });
  }

  for (const host of ["127.0.0.1", "localhost", "[::1]"]) {
    it(`is used for ${host} too, which is the proxy's own machine then`, async () => {
      const server = await plain();
      assert.equal((await send(`http://${host}:${server.port}/v1`)).kind, "reply");
      assert.equal(proxy.asked.length, 1);
    });
  }

  it("may have an IPv6 address", async () => {
    const six = await started(startProxy("::1"));
    const server = await secure();
    const outcome = await send(`https://gpu.invalid:${server.port}/v1`, { proxy: six.origin });
    assert.equal(outcome.kind, "reply", JSON.stringify(outcome));
    assert.equal(six.asked.length, 1);
  });

  it("is not used by others, and `direct` goes to the server itself", async () => {
    const server = await plain();
    await send(`http://gpu.invalid:${server.port}/v1`);
    assert.equal((await http.send(getRequest(server.baseUrl), unaborted())).kind, "reply");
    assert.equal((await send(server.baseUrl, { proxy: "direct" })).kind, "reply");
    assert.equal(proxy.asked.length, 1);
    const outcome = await send(`http://gpu.invalid:${server.port}/v1`, { proxy: "direct" });
    assert.ok(outcome.kind === "fault");
    assert.deepEqual([outcome.fault.phase, outcome.fault.code], ["name", "ENOTFOUND"]);
  });

  it("checks the certificate of the server behind it", async () => {
    const server = await started(startTlsServer({ certificate: "self-signed" }));
    const outcome = await send(`https://gpu.invalid:${server.port}/v1`, { tls: { verify: true } });
    assert.ok(outcome.kind === "fault");
    const { phase, code, proxy: blamed } = outcome.fault;
    assert.deepEqual([phase, code, blamed], ["tls", "DEPTH_ZERO_SELF_SIGNED_CERT", undefined]);
    assert.equal(server.requests.length, 0);
  });

  for (const status of [403, 407, 502]) {
    it(`that answers ${status} to CONNECT is the fault, and the key is not sent to it`, async () => {
      proxy.behave(status);
      const outcome = await send("https://gpu.invalid/v1");
      assert.ok(outcome.kind === "fault", JSON.stringify(outcome));
      const { code, message, proxy: blamed } = outcome.fault;
      assert.deepEqual([code, blamed], ["PROXY_REFUSED", new URL(proxy.origin).host]);
      assert.equal(message, `CONNECT → ${status} No`);
      assert.doesNotMatch(JSON.stringify(proxy.headers), /sk-behind-the-proxy/);
      await eventually("its connection is closed", () => proxy.openConnections === 0);
    });
  }

  it("that hangs up is the fault", async () => {
    proxy.behave("hang up");
    for (const scheme of ["http", "https"]) {
      const outcome = await send(`${scheme}://gpu.invalid/v1`);
      assert.ok(outcome.kind === "fault", JSON.stringify(outcome));
      const blamed = outcome.fault.proxy;
      // To plain http the proxy is the server: it may be the one behind it that hung up.
      assert.equal(blamed, scheme === "https" ? new URL(proxy.origin).host : undefined);
    }
  });

  it("that is not there is the fault, and not the server", async () => {
    const nowhere = `http://127.0.0.1:${await refusedPort()}`;
    for (const scheme of ["http", "https"]) {
      const outcome = await send(`${scheme}://gpu.invalid/v1`, { proxy: nowhere });
      assert.ok(outcome.kind === "fault");
      const { code, proxy: blamed } = outcome.fault;
      assert.deepEqual([code, blamed], ["ECONNREFUSED", new URL(nowhere).host]);
    }
  });

  const silent: readonly { name: string; scheme: string; make: () => Promise<string> }[] = [
    {
      name: "takes no connection",
      scheme: "https",
      make: async () => `http://127.0.0.1:${(await started(blackHolePort())).port}`,
    },
    {
      name: "takes no connection",
      scheme: "http",
      make: async () => `http://127.0.0.1:${(await started(blackHolePort())).port}`,
    },
    {
      name: "never answers CONNECT",
      scheme: "https",
      make: () => {
        proxy.behave("silent");
        return Promise.resolve(proxy.origin);
      },
    },
  ];
  for (const { name, scheme, make } of silent) {
    it(`that ${name} for ${scheme} is a time-out of connecting, and the connection ends`, async () => {
      const timeouts = { ...patient, connectMs: 150 };
      const outcome = await send(`${scheme}://gpu.invalid/v1`, { proxy: await make(), timeouts });
      assert.ok(outcome.kind === "fault");
      const { code, timer, phase, proxy: blamed } = outcome.fault;
      assert.deepEqual([code, timer, phase], ["TIMEOUT", "connect", "connect"]);
      assert.ok(blamed !== undefined);
      await eventually("its connection is closed", () => proxy.openConnections === 0);
    });
  }

  it("counts the handshake behind it as connecting", async () => {
    const server = await started(startFaultServer());
    server.serve({ on: "connect", act: () => new Promise(() => undefined) });
    const timeouts = { ...patient, connectMs: 150 };
    const outcome = await send(`https://gpu.invalid:${server.port}/v1`, { timeouts });
    assert.ok(outcome.kind === "fault");
    const { code, timer, phase, proxy: blamed } = outcome.fault;
    assert.deepEqual([code, timer, phase, blamed], ["TIMEOUT", "connect", "tls", undefined]);
    await eventually("its connection is closed", () => proxy.openConnections === 0);
  });

  it("waits for the first byte of the server behind it", async () => {
    const server = await secure();
    server.serve(neverAnswer);
    const timeouts = { ...patient, firstByteMs: 150 };
    const outcome = await send(`https://gpu.invalid:${server.port}/v1`, { timeouts });
    assert.ok(outcome.kind === "fault");
    const { timer, phase } = outcome.fault;
    assert.deepEqual([timer, phase], ["firstByte", "headers"]);
  });

  it("does not outlive its request", async () => {
    const server = await secure();
    await send(`https://gpu.invalid:${server.port}/v1`);
    await eventually("its connection is closed", () => proxy.openConnections === 0);
    proxy.behave("silent");
    const abort = new AbortController();
    const url = "https://gpu.invalid/v1";
    const sent = http.send(getRequest(url, { proxy: proxy.origin }), abort.signal);
    await eventually("the proxy was asked", () => proxy.asked.length === 2);
    abort.abort();
    assert.equal((await sent).kind, "fault");
    await eventually("its connection is closed", () => proxy.openConnections === 0);
  });
});
