import assert from "node:assert/strict";

import { judgeExposed } from "../../../src/core/diagnosis/judgeExposed.ts";
import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import { checkHealth } from "../../../src/core/endpoint/checkHealth.ts";
import { EndpointStore } from "../../../src/core/endpoint/endpointStore.ts";
import { unknownHealth } from "../../../src/core/endpoint/health.ts";
import { planMove } from "../../../src/core/endpoint/moveKeys.ts";
import { parseEndpoints } from "../../../src/core/endpoint/parseSettings.ts";
import type { KeyReading } from "../../../src/core/ports.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp } from "../../../src/io/nodeHttp.ts";
import { serveModels, startFaultServer } from "../../support/faultServer.ts";
import { keyless, patient, unaborted, vaultOf } from "../support/endpoints.ts";
import { blockerIn, ladderBench, secret } from "../support/ladderBench.ts";

const missing: KeyReading = { kind: "missing", where: "secret" };

function endpointOf(entry: object): Endpoint {
  const [parsed] = parseEndpoints(
    [{ id: "under-test", models: { chat: "qwen-test" }, timeouts: patient, ...entry }],
    "user",
  );
  assert.ok(parsed?.kind === "valid", JSON.stringify(parsed));
  return parsed.endpoint;
}

describe("a key that stands in the settings, over real sockets", () => {
  const { started, climb } = ladderBench();

  const unsent: readonly { readonly name: string; readonly fields: (baseUrl: string) => object }[] = [
    { name: "the query", fields: (baseUrl) => ({ baseUrl: `${baseUrl}?api_key=${secret}` }) },
    { name: "the user info", fields: (baseUrl) => ({ baseUrl: baseUrl.replace("//", `//me:${secret}@`) }) },
    { name: "the key's field", fields: (baseUrl) => ({ baseUrl, key: secret }) },
  ];
  for (const { name, fields } of unsent) {
    it(`is not sent from ${name}, and the report says where it stands and how to move it`, async () => {
      const server = await started(startFaultServer());
      serveModels(server, { key: secret });
      const report = await climb(endpointOf(fields(server.baseUrl)), {
        subject: { credentials: { key: missing, headers: {} } },
      });
      assert.doesNotMatch(JSON.stringify(server.requests), new RegExp(secret));
      const warning = report.rungs.find(({ id }) => id === "address")?.findings[0];
      assert.deepEqual([warning?.code, warning?.severity], ["auth.in-settings", "warning"]);
      const blocker = report.findings.find(({ severity }) => severity === "blocker");
      assert.equal(blocker?.code, "auth.missing");
      assert.deepEqual(blocker.fixes[0], { kind: "move-key-to-secret" });
    });
  }

  it("is sent from a header as before, is a warning, and gone from the entry after the move", async () => {
    const server = await started(startFaultServer());
    serveModels(server, { key: secret });
    const headers = { Authorization: `Bearer ${secret}` };
    const entry = { id: "under-test", baseUrl: server.baseUrl, headers };
    const report = await climb(endpointOf(entry), { subject: { credentials: { ...keyless, headers } } });
    assert.equal(report.verdict, "warnings");
    assert.deepEqual(
      report.findings.map(({ code }) => code),
      ["auth.in-settings"],
    );
    const { keys, change } = planMove(entry, "under-test");
    const moved = endpointOf({ ...entry, ...change });
    assert.deepEqual(judgeExposed(moved), []);
    const key = { kind: "key", value: keys[0]?.value ?? "" } as const;
    const after = await climb(moved, { subject: { credentials: { key, headers: moved.headers } } });
    assert.equal(after.verdict, "healthy");
  });

  it("makes an endpoint that answers want attention", async () => {
    const server = await started(startFaultServer());
    serveModels(server);
    const http = nodeHttp();
    const endpoint = endpointOf({ baseUrl: `${server.baseUrl}?token=${secret}` });
    const store = new EndpointStore();
    store.replace([{ kind: "valid", endpoint }]);
    const codes = () => store.health(endpoint.id).findings.map(({ code }) => code);
    assert.deepEqual(codes(), ["auth.in-settings"]);
    const ports = { httpFor: () => http, vault: vaultOf(keyless), clock: nodeClock };
    store.setHealth(endpoint.id, await checkHealth(endpoint, unknownHealth, ports, unaborted()));
    assert.equal(store.health(endpoint.id).state, "attention");
    // As the monitor does when the next check begins.
    store.setHealth(endpoint.id, { ...store.health(endpoint.id), activity: "checking" });
    assert.deepEqual(codes(), ["auth.in-settings"]);
    http.dispose();
  });
});

describe("a key that must not travel unencrypted, over real sockets", () => {
  const { started, climb } = ladderBench();
  const heldBack = (baseUrl: string): KeyReading => ({ kind: "plain-http", origin: new URL(baseUrl).origin });

  it("is a blocker where the server wants it, with the ways out", async () => {
    const server = await started(startFaultServer());
    serveModels(server, { key: secret });
    const report = await climb(endpointOf({ baseUrl: server.baseUrl }), {
      subject: { credentials: { key: heldBack(server.baseUrl), headers: {} } },
    });
    const { fixes } = blockerIn(report, "auth.plain-http");
    assert.equal(fixes[0]?.kind, "allow-plain-http");
    assert.ok(fixes.some((fix) => fix.kind === "copy-command" && fix.command.startsWith("ssh -N -L ")));
    assert.equal(report.rungs.find(({ status }) => status === "failed")?.id, "auth");
  });

  it("is a warning where the server did not mind", async () => {
    const server = await started(startFaultServer());
    serveModels(server);
    const report = await climb(endpointOf({ baseUrl: server.baseUrl }), {
      subject: { credentials: { key: heldBack(server.baseUrl), headers: {} } },
    });
    assert.deepEqual(
      report.findings.map(({ code, severity }) => [code, severity]),
      [["auth.plain-http", "warning"]],
    );
  });
});
