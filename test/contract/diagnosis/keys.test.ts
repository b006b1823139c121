import assert from "node:assert/strict";
import type { KeyReading } from "../../../src/core/ports.ts";
import { reply, serveModels, startFaultServer } from "../../support/faultServer.ts";
import { endpointAt, keyed } from "../support/endpoints.ts";
import { blockerIn, ladderBench, secret, variationsOf } from "../support/ladderBench.ts";

describe("the key of an endpoint", () => {
  const { started, climb } = ladderBench();

  const refused: readonly { readonly name: string; readonly key: KeyReading; readonly code: string }[] = [
    { name: "that is wrong", key: { kind: "key", value: "sk-wrong" }, code: "auth.rejected" },
    { name: "that is empty", key: { kind: "key", value: " " }, code: "auth.empty" },
    { name: "that is a placeholder", key: { kind: "key", value: "EMPTY" }, code: "auth.missing" },
    { name: "that is not stored", key: { kind: "missing", where: "secret" }, code: "auth.missing" },
    { name: "that says Bearer", key: { kind: "key", value: `Bearer ${secret}` }, code: "auth.double-bearer" },
    { name: "with Chinese signs", key: { kind: "key", value: "sk-密钥" }, code: "auth.non-ascii" },
    {
      name: "that was given for another origin",
      key: { kind: "other-origin", origin: "https://old.invalid" },
      code: "auth.origin-changed",
    },
  ];
  for (const { name, key, code } of refused) {
    it(`is ${code} on the rung auth for one ${name}, and the right one passes`, async () => {
      const server = await started(startFaultServer());
      serveModels(server, { key: secret });
      const report = await climb(endpointAt(server.baseUrl), {
        subject: { credentials: { key, headers: {} } },
      });
      const { fixes } = blockerIn(report, code);
      assert.ok(fixes.some(({ kind }) => kind === "set-key"));
      assert.ok(fixes.every(({ kind }) => kind !== "use-no-key"));
      assert.equal(report.rungs.find(({ status }) => status === "failed")?.id, "auth");
      assert.equal((await climb(endpointAt(server.baseUrl))).verdict, "healthy");
    });
  }

  it("may be left out where the server answers without one, and refuses this one", async () => {
    const server = await started(startFaultServer());
    serveModels(server);
    const open = reply({ body: { data: [{ id: "qwen-test" }] } });
    const wrong = reply({ status: 401, body: { error: "Unauthorized" } });
    server.serve(
      {
        on: "request",
        act: (exchange) =>
          (exchange.request?.headers["authorization"] === undefined ? open : wrong).act(exchange),
      },
      "/v1/models",
    );
    const report = await climb(endpointAt(server.baseUrl));
    assert.deepEqual(blockerIn(report, "auth.rejected").fixes[0], { kind: "use-no-key" });
    assert.deepEqual(
      variationsOf(report, "auth").map(({ outcome, worked }) => [outcome, worked]),
      [["200, 1 models", "yes"]],
    );
    const without = await climb(endpointAt(server.baseUrl), {
      subject: { credentials: { key: { kind: "none" }, headers: {} } },
    });
    assert.equal(without.verdict, "healthy");
  });

  for (const key of [{ kind: "missing", where: "secret" }, keyed("").key] as const) {
    it(`that is ${key.kind === "key" ? "empty" : key.kind} needs none at a server without, which the OpenAI SDK does not know`, async () => {
      const server = await started(startFaultServer());
      serveModels(server);
      const report = await climb(endpointAt(server.baseUrl), {
        subject: { credentials: { key, headers: {} } },
      });
      assert.equal(report.verdict, "healthy");
      assert.deepEqual(
        report.findings.map(({ code, severity, fixes }) => [code, severity, fixes[0]?.kind]),
        [["auth.empty", "note", "use-no-key"]],
      );
    });
  }
});
