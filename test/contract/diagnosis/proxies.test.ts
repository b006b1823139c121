import assert from "node:assert/strict";
import type { Fix } from "../../../src/core/diagnosis/finding.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import {
  proxiedHttp,
  refusedPort,
  reply,
  serveModels,
  startFaultServer,
  type Reply,
} from "../../support/faultServer.ts";
import { startProxy } from "../../support/loopbackProxy.ts";
import { endpointAt, patient } from "../support/endpoints.ts";
import { blockerIn, ladderBench, secret, variationsOf } from "../support/ladderBench.ts";

describe("a proxy in between", () => {
  const { started, climb } = ladderBench();

  const answers: readonly { readonly name: string; readonly answer: Reply }[] = [
    {
      name: "502 with a page",
      answer: { status: 502, headers: { "content-type": "text/html" }, body: "<html>" },
    },
    { name: "504", answer: { status: 504 } },
    { name: "503", answer: { status: 503 } },
    { name: "407", answer: { status: 407, headers: { "proxy-authenticate": "Basic" } } },
    {
      name: "a page",
      answer: { status: 200, headers: { "content-type": "text/html" }, body: "<html>Blocked" },
    },
  ];
  for (const { name, answer } of answers) {
    it(`is named when it answers ${name} for a host that is reachable without it`, async () => {
      const proxy = await started(startFaultServer());
      proxy.serve(reply(answer));
      const server = await started(startFaultServer());
      serveModels(server);
      const report = await climb(endpointAt(server.baseUrl), {
        subject: { proxy: `127.0.0.1:${proxy.port}` },
        ports: { http: proxiedHttp(proxy) },
      });
      const finding = blockerIn(report, "connect.proxy");
      assert.deepEqual(finding.fixes[0], { kind: "bypass-proxy", host: "127.0.0.1" } satisfies Fix);
      const evidence = finding.evidence.join("\n");
      assert.match(evidence, new RegExp(`^proxy: 127\\.0\\.0\\.1:${proxy.port}$`, "m"));
      assert.match(
        evidence,
        new RegExp(`^without the proxy: TCP 127\\.0\\.0\\.1:${server.port} → connected$`, "m"),
      );
      assert.equal(server.requests.length, 0);
      assert.match(proxy.requests[0]?.path ?? "", /^http:\/\/127\.0\.0\.1:\d+\/v1\/models$/);

      assert.equal((await climb(endpointAt(server.baseUrl))).verdict, "healthy");
    });
  }

  it("is named for localhost even where nothing listens there", async () => {
    const proxy = await started(startFaultServer());
    proxy.serve(reply({ status: 502 }));
    const report = await climb(endpointAt(`http://localhost:${await refusedPort()}/v1`), {
      subject: { proxy: `127.0.0.1:${proxy.port}` },
      ports: { http: proxiedHttp(proxy) },
    });
    const finding = blockerIn(report, "connect.proxy");
    assert.match(finding.evidence.join("\n"), /without the proxy: TCP localhost:\d+ → ECONNREFUSED/);
  });

  it("is not blamed for a gateway behind it that is out of reach without it", async () => {
    const proxy = await started(startFaultServer());
    proxy.serve(reply({ status: 502 }));
    const report = await climb(endpointAt("http://gateway.invalid/v1"), {
      subject: { proxy: `127.0.0.1:${proxy.port}` },
      ports: { http: proxiedHttp(proxy) },
    });
    const finding = blockerIn(report, "http.gateway");
    assert.ok(finding.fixes.every(({ kind }) => kind !== "bypass-proxy"));
    assert.deepEqual(
      variationsOf(report, "http").map(({ worked }) => worked),
      ["no"],
    );
  });

  it("is named when it is down itself", async () => {
    const port = await refusedPort();
    const server = await started(startFaultServer());
    serveModels(server);
    const report = await climb(endpointAt(server.baseUrl), {
      subject: { proxy: `127.0.0.1:${port}` },
      ports: { http: proxiedHttp({ port }) },
    });
    const finding = blockerIn(report, "connect.proxy");
    assert.deepEqual(finding.fixes[0], { kind: "bypass-proxy", host: "127.0.0.1" });
  });

  const own: readonly (readonly [name: string, how: "silent" | "hang up" | number, scheme: string])[] = [
    ["refuses CONNECT with 403", 403, "https"],
    ["wants a password", 407, "https"],
    ["wants a password for plain http", 407, "http"],
    ["hangs up", "hang up", "https"],
    ["is silent", "silent", "https"],
  ];
  for (const [name, how, scheme] of own) {
    it(`of the endpoint's own is named when it ${name}, with the way around it`, async () => {
      const proxy = await started(startProxy());
      proxy.behave(how);
      const server = await started(startFaultServer());
      const endpoint = endpointAt(`${scheme}://127.0.0.1:${server.port}/v1`, {
        proxy: proxy.origin,
        timeouts: { ...patient, connectMs: 300 },
      });
      const address = `127.0.0.1:${proxy.port}`;
      const report = await climb(endpoint, { subject: { proxy: address } });
      const finding = blockerIn(report, "connect.proxy");
      assert.deepEqual(finding.fixes[0], { kind: "bypass-proxy", host: "127.0.0.1" });
      const evidence = finding.evidence.join("\n");
      assert.equal(evidence.match(/^proxy: .*$/gm)?.join(), `proxy: ${address}`);
      if (how === "silent") assert.match(evidence, /TIMEOUT \(connect\)/);
      assert.equal(server.requests.length, 0);
    });
  }

  it("of the endpoint's own carries the whole test", async () => {
    const proxy = await started(startProxy());
    const server = await started(startFaultServer());
    serveModels(server, { key: secret });
    const endpoint = endpointAt(`http://gpu.invalid:${server.port}/v1`, { proxy: proxy.origin });
    const report = await climb(endpoint, { subject: { proxy: `127.0.0.1:${proxy.port}`, depth: "full" } });
    const failed = report.findings.filter(({ severity }) => severity === "blocker");
    assert.ok(
      failed.every(({ code }) => !/^(name|connect)\./.test(code)),
      JSON.stringify(failed),
    );
    assert.ok(proxy.asked.some((each) => each.startsWith("POST http://gpu.invalid")));
    assert.equal(server.requests.length, proxy.asked.length);
  });

  const hosts: readonly [name: string, baseUrl: string, code: string][] = [
    ["a name that is not found", "https://hosted.invalid/v1", "name"],
    ["a host that is not reached", "http://gpu.invalid:8000/v1", "connect"],
  ];
  for (const [name, baseUrl, rung] of hosts) {
    it(`that is configured, but not used, is mentioned for ${name}`, async () => {
      const proxy = await started(startFaultServer());
      const real = nodeSockets();
      // gpu.invalid is known, and unreachable.
      const sockets = {
        ...real,
        lookup: (host: string, signal: AbortSignal) =>
          real.lookup(host === "gpu.invalid" ? "127.0.0.1" : host, signal),
        connect: (...[address, port, ...rest]: Parameters<typeof real.connect>) =>
          port === 8000
            ? Promise.resolve({ kind: "fault" as const, address, code: "EHOSTUNREACH", durationMs: 0 })
            : real.connect(address, port, ...rest),
      };
      const report = await climb(endpointAt(baseUrl), {
        subject: { otherProxy: `127.0.0.1:${proxy.port}` },
        ports: { sockets },
      });
      const [finding] = report.findings;
      assert.equal(finding?.fixes[0]?.kind, "open-settings");
      assert.ok(
        finding.evidence.includes(
          `configured proxy, not used for this host: TCP 127.0.0.1:${proxy.port} → connected`,
        ),
        finding.evidence.join("\n"),
      );
      assert.equal(variationsOf(report, rung === "name" ? "name" : "connect").length, 1);
      assert.equal(proxy.requests.length, 0);
    });
  }
});
