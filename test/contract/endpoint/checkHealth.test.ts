import assert from "node:assert/strict";
import { startDemoServer } from "../../../src/demo/demoServer.ts";
import { checkHealth } from "../../../src/core/endpoint/checkHealth.ts";
import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import { unknownHealth, type Health } from "../../../src/core/endpoint/health.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import {
  blackHolePort,
  refusedPort,
  reply,
  startFaultServer,
  startTlsServer,
  type FaultServer,
} from "../../support/faultServer.ts";
import { endpointAt, keyed, patient, unaborted, vaultOf } from "../support/endpoints.ts";
import { serverFaults } from "../support/serverFaults.ts";

const key = "sk-test-of-the-check";

describe("the background check over real sockets", () => {
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
  const check = (endpoint: Endpoint): Promise<Health> =>
    checkHealth(
      endpoint,
      unknownHealth,
      { httpFor: () => http, vault: vaultOf(keyed(key)), clock: nodeClock },
      unaborted(),
    );

  for (const { name, behaviour, timeouts, test, check: code = test } of serverFaults) {
    it(`finds ${code} in a server that ${name}`, async () => {
      server.serve(behaviour());
      const health = await check(endpointAt(server.baseUrl, { timeouts: { ...patient, ...timeouts } }));
      assert.deepEqual(
        health.findings.map((finding) => finding.code),
        [code],
        JSON.stringify(health.findings),
      );
      assert.notEqual(health.state, "up");
      assert.equal(health.activity, "idle");
      assert.equal(health.models, undefined);
      assert.equal(health.failures, health.state === "down" ? 1 : 0);
      assert.ok(health.findings[0]!.evidence.length > 0 && health.findings[0]!.fixes.length > 0);
    });
  }

  it("finds an endpoint down where nothing listens, and where everything is dropped", async () => {
    const refused = await check(endpointAt(`http://127.0.0.1:${await refusedPort()}/v1`));
    assert.deepEqual([refused.state, refused.findings[0]?.code], ["down", "connect.refused"]);
    const hole = await blackHolePort();
    const timeouts = { ...patient, connectMs: 150 };
    const dropped = await check(endpointAt(`http://127.0.0.1:${hole.port}/v1`, { timeouts }));
    await hole.close();
    assert.deepEqual([dropped.state, dropped.findings[0]?.code], ["down", "connect.timeout"]);
  });

  it("finds a certificate that is not trusted, and trusts it when told to", async () => {
    const secure = await startTlsServer({ certificate: "self-signed" });
    secure.serve(reply({ body: { data: [{ id: "m" }] } }));
    const refused = await check(endpointAt(secure.baseUrl));
    const trusted = await check(endpointAt(secure.baseUrl, { tls: { verify: false } }));
    await secure.close();
    assert.deepEqual([refused.state, refused.findings[0]?.code], ["down", "tls.self-signed"]);
    assert.equal(trusted.state, "up");
  });

  it("finds the demo endpoint up, with its models, its name and how long it took", async () => {
    const demo = await startDemoServer({ key });
    const health = await check(endpointAt(demo.baseUrl));
    await demo.close();
    assert.deepEqual([health.state, health.server, health.models?.length], ["up", "Qwen Endpoints demo", 3]);
    assert.ok((health.latencyMs ?? -1) >= 0);
  });

  it("asks for the health without the key where there is no list of models", async () => {
    server.serve(reply({ body: { status: "ok" } }), "/health");
    const health = await check(endpointAt(server.baseUrl));
    assert.deepEqual([health.state, health.findings[0]?.code], ["up", "http.no-models-route"]);
    assert.deepEqual(
      server.requests.map(({ method, path, headers }) => [method, path, headers["authorization"]]),
      [
        ["GET", "/v1/models", `Bearer ${key}`],
        ["GET", "/health", undefined],
      ],
    );
  });
});
