import assert from "node:assert/strict";
import { startDemoServer } from "../../../src/demo/demoServer.ts";
import { failedRung } from "../../../src/core/diagnosis/failedRung.ts";
import { diagnose } from "../../../src/core/diagnosis/ladder.ts";
import type { Report } from "../../../src/core/diagnosis/report.ts";
import { steps } from "../../../src/core/diagnosis/steps/index.ts";
import type { Endpoint, Task } from "../../../src/core/endpoint/endpoint.ts";
import type { Credentials } from "../../../src/core/ports.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import {
  blackHolePort,
  neverAnswer,
  refusedPort,
  startFaultServer,
  startTlsServer,
  type CertificateKind,
} from "../../support/faultServer.ts";
import { asked, endpointAt, keyed, patient, unaborted } from "../support/endpoints.ts";
import { eventually } from "../support/eventually.ts";
import { serverFaults } from "../support/serverFaults.ts";

describe("the ladder over real sockets", () => {
  let http: NodeHttp;
  const running: { close(): Promise<void> }[] = [];
  /** Closed after the test, however it ends. */
  const started = async <T extends { close(): Promise<void> }>(server: Promise<T>): Promise<T> => {
    running.push(await server);
    return server;
  };
  beforeEach(() => {
    http = nodeHttp();
  });
  afterEach(async () => {
    http.dispose();
    await Promise.all(running.splice(0).map((server) => server.close()));
  });

  const climb = async (
    endpoint: Endpoint,
    task: Task = "chat",
    credentials: Credentials = keyed("sk-test-of-the-ladder"),
    signal: AbortSignal = unaborted(),
  ): Promise<Report> => {
    const subject = { endpoint, credentials, tasks: [task], depth: "basic" as const, ...asked };
    let last: Report | undefined;
    for await (const report of diagnose(
      steps,
      subject,
      { http, sockets: nodeSockets(), clock: nodeClock },
      signal,
    )) {
      last = report;
    }
    assert.ok(last !== undefined);
    return last;
  };

  for (const { name, behaviour, timeouts, test } of serverFaults) {
    it(`names ${test} for a server that ${name}`, async () => {
      const server = await started(startFaultServer());
      server.serve(behaviour());
      const report = await climb(endpointAt(server.baseUrl, { timeouts: { ...patient, ...timeouts } }));
      assertBlocked(report, test);
    });
  }

  it("names connect.refused, on the rung connect, where nothing listens", async () => {
    const report = await climb(endpointAt(`http://127.0.0.1:${await refusedPort()}/v1`));
    assertBlocked(report, "connect.refused");
    assert.equal(failedRung(report), "connect");
    assert.ok(report.findings[0]?.fixes.some(({ kind }) => kind === "run-command"));
  });

  it("names connect.refused for localhost, with every address", async () => {
    const report = await climb(endpointAt(`http://localhost:${await refusedPort()}/v1`));
    assertBlocked(report, "connect.refused");
    assert.match(report.findings[0]?.evidence.join() ?? "", /ECONNREFUSED/);
  });

  it("names connect.timeout where everything is dropped", async () => {
    const hole = await started(blackHolePort());
    const timeouts = { ...patient, connectMs: 150 };
    const report = await climb(endpointAt(`http://127.0.0.1:${hole.port}/v1`, { timeouts }));
    assertBlocked(report, "connect.timeout");
    assert.equal(failedRung(report), "connect");
  });

  it("names name.not-found where there is no such name", async () => {
    const report = await climb(endpointAt("https://no-such-host.invalid/v1"));
    assert.equal(failedRung(report), "name");
    assert.match(report.findings[0]?.code ?? "", /^name\.(not-found|timeout)$/);
  });

  const certificates: readonly { readonly certificate: CertificateKind; readonly code: string }[] = [
    { certificate: "self-signed", code: "tls.self-signed" },
    { certificate: "untrusted", code: "tls.untrusted" },
  ];
  for (const { certificate, code } of certificates) {
    it(`names ${code}, with the certificate as evidence`, async () => {
      const server = await started(startTlsServer({ certificate }));
      const report = await climb(endpointAt(server.baseUrl));
      assertBlocked(report, code);
      assert.equal(failedRung(report), "tls");
      assert.match(report.findings[0]?.evidence.join("\n") ?? "", /issuer: CN=Fault server/);
      assert.equal(server.requests.length, 0);
    });
  }

  it("names a CA file that can not be read, and goes on living", async () => {
    const server = await started(startTlsServer({ certificate: "trusted" }));
    const report = await climb(endpointAt(server.baseUrl, { tls: { verify: true, ca: "/no/such/ca.pem" } }));
    assertBlocked(report, "tls.untrusted");
    assert.match(report.findings[0]?.evidence.join() ?? "", /ca\.pem/);
  });

  it("names a handshake that the server breaks off", async () => {
    const server = await started(startFaultServer());
    // A fatal alert: handshake failure.
    const alert = Buffer.from([0x15, 3, 3, 0, 2, 2, 40]);
    server.serve({
      on: "connect",
      act: async (exchange) => {
        await exchange.write(alert);
      },
    });
    const report = await climb(endpointAt(`https://127.0.0.1:${server.port}/v1`));
    assertBlocked(report, "tls.handshake");
  });

  it("names tls.plain-http-server, with the address that works as a fix", async () => {
    const demo = await started(startDemoServer());
    const report = await climb(endpointAt(`https://127.0.0.1:${demo.port}/v1`));
    assertBlocked(report, "tls.plain-http-server");
    assert.deepEqual(report.findings[0]?.fixes[0], {
      kind: "set-base-url",
      baseUrl: `http://127.0.0.1:${demo.port}/v1`,
    });
  });

  it("offers https where plain HTTP meets a TLS port", async () => {
    const server = await started(startTlsServer({ certificate: "trusted" }));
    const report = await climb(endpointAt(server.baseUrl.replace("https:", "http:")));
    assert.equal(report.verdict, "failed");
    assert.deepEqual(report.findings[0]?.fixes[0], { kind: "set-base-url", baseUrl: server.baseUrl });
  });

  for (const [task, model] of [
    ["chat", "demo-chat"],
    ["embedding", "demo-embedding"],
    ["rerank", "demo-reranker"],
  ] as const) {
    it(`finds the demo endpoint healthy for ${task}, one rung after the other`, async () => {
      const demo = await started(startDemoServer({ tokensPerSecond: 0, key: "sk-demo" }));
      const endpoint = endpointAt(demo.baseUrl, { models: { [task]: model } });
      const report = await climb(endpoint, task, keyed("sk-demo"));
      assert.deepEqual(
        [report.verdict, report.models[task]],
        ["healthy", model],
        JSON.stringify(report.findings),
      );
      assert.ok(report.rungs.every(({ status }) => status === "passed" || status === "skipped"));
    });
  }

  it("stops at once when it is cancelled, and closes its connection", async () => {
    const server = await started(startFaultServer());
    server.serve(neverAnswer);
    const abort = new AbortController();
    const climbing = climb(endpointAt(server.baseUrl), "chat", keyed("sk-cancel"), abort.signal);
    await eventually("a request waits", () => server.requests.length === 1);
    abort.abort();
    assert.equal((await climbing).verdict, "cancelled");
    await eventually("the connection is closed", () => server.openConnections === 0);
  });
});

function assertBlocked(report: Report, code: string): void {
  assert.equal(report.verdict, "failed", JSON.stringify(report));
  const [finding] = report.findings;
  assert.deepEqual([finding?.code, finding?.severity], [code, "blocker"], JSON.stringify(report.findings));
  assert.ok(
    finding !== undefined && finding.evidence.length > 0 && finding.evidence.every((line) => line !== ""),
  );
  assert.ok(finding.fixes.length > 0);
  assert.equal(report.rungs.filter(({ status }) => status === "running").length, 0);
}
