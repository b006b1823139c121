import assert from "node:assert/strict";
import { runChat } from "../../../src/core/chat/runChat.ts";
import type { StreamEvent } from "../../../src/core/chat/streamEvent.ts";
import type { Finding } from "../../../src/core/diagnosis/finding.ts";
import { runEmbedding } from "../../../src/core/embedding/runEmbedding.ts";
import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { openaiGateway } from "../../../src/io/openaiGateway.ts";
import { blackHolePort, refusedPort, startFaultServer, type FaultServer } from "../../support/faultServer.ts";
import { endpointAt, keyed, patient, unaborted } from "../support/endpoints.ts";
import { eventually } from "../support/eventually.ts";
import { serverFaults } from "../support/serverFaults.ts";

const credentials = keyed("sk-test-of-faults");

describe("runs against a server at fault", () => {
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

  const chat = async (endpoint: Endpoint): Promise<readonly StreamEvent[]> => {
    const request = { endpoint, model: "m", messages: [{ role: "user", content: "hello" }], extra: {} };
    const events: StreamEvent[] = [];
    for await (const event of runChat(request, credentials, openaiGateway(http), unaborted())) {
      events.push(event);
    }
    return events;
  };
  const embedding = async (endpoint: Endpoint): Promise<readonly Finding[]> => {
    const request = { endpoint, model: "m", input: "hello" };
    const outcome = await runEmbedding(request, credentials, openaiGateway(http), unaborted());
    assert.ok(outcome.kind === "failed", JSON.stringify(outcome));
    return outcome.findings;
  };

  for (const { name, behaviour, timeouts, run, embedding: ofEmbedding = run } of serverFaults) {
    it(`a chat with one that ${name} ends once, with ${run}`, async () => {
      server.serve(behaviour());
      const events = await chat(endpointAt(server.baseUrl, { timeouts: { ...patient, ...timeouts } }));
      assertEndedOnce(events, run);
      await eventually("no connection is left in use", () => server.openConnections <= 1);
    });

    it(`an embedding with one that ${name} fails with ${ofEmbedding}`, async () => {
      server.serve(behaviour());
      const found = await embedding(endpointAt(server.baseUrl, { timeouts: { ...patient, ...timeouts } }));
      assertProven(found, ofEmbedding);
    });
  }

  it("end with connect.refused where nothing listens", async () => {
    const endpoint = endpointAt(`http://127.0.0.1:${await refusedPort()}/v1`);
    assertEndedOnce(await chat(endpoint), "connect.refused");
    assertProven(await embedding(endpoint), "connect.refused");
  });

  it("end with connect.timeout where everything is dropped", async () => {
    const hole = await blackHolePort();
    try {
      const timeouts = { ...patient, connectMs: 150 };
      const endpoint = endpointAt(`http://127.0.0.1:${hole.port}/v1`, { timeouts });
      assertEndedOnce(await chat(endpoint), "connect.timeout");
      assertProven(await embedding(endpoint), "connect.timeout");
    } finally {
      await hole.close();
    }
  });

  it("end with name.not-found where there is no such name", async () => {
    const endpoint = endpointAt("http://no-such-host.invalid/v1");
    const last = (await chat(endpoint)).at(-1);
    assert.match(JSON.stringify(last), /"name\.(not-found|timeout)"/);
  });

  it("end with address.invalid, and nothing is sent, where the base URL is empty", async () => {
    const endpoint = endpointAt("");
    assertEndedOnce(await chat(endpoint), "address.invalid");
    assertProven(await embedding(endpoint), "address.invalid");
  });
});

function assertEndedOnce(events: readonly StreamEvent[], code: string): void {
  const last = events.at(-1);
  assert.equal(events.filter(({ kind }) => kind === "ended").length, 1);
  assert.ok(last?.kind === "ended" && last.outcome.kind === "failed", JSON.stringify(last));
  assertProven(last.outcome.findings, code);
}

function assertProven(findings: readonly Finding[], code: string): void {
  assert.deepEqual(
    findings.map((finding) => finding.code),
    [code],
    JSON.stringify(findings),
  );
  const [finding] = findings;
  assert.equal(finding?.severity, "blocker");
  assert.ok(finding.evidence.length > 0, "evidence");
  assert.ok(finding.fixes.length > 0, "fixes");
}
