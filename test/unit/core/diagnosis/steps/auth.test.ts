import assert from "node:assert/strict";

import { auth } from "../../../../../src/core/diagnosis/steps/auth.ts";
import type { HttpReply, KeyReading } from "../../../../../src/core/ports.ts";
import { climbAll } from "../../../../support/ladderWorld.ts";
import { anEndpoint, aReply, aSubject, models, someCredentials } from "../../../../support/builders.ts";

const open = aReply(models("m"));
const refused = aReply({ error: "Unauthorized" }, { status: 401 });

function judge(key: KeyReading, reply: HttpReply = open) {
  const subject = aSubject({ credentials: someCredentials({ key }) });
  return auth.judge({ kind: "reply", reply }, subject, {});
}

describe("the key rung", () => {
  const cases: readonly {
    name: string;
    key: KeyReading;
    reply?: HttpReply;
    codes: readonly string[];
    evidence: string;
  }[] = [
    { name: "no key needed", key: { kind: "none" }, codes: [], evidence: "key.from: none" },
    {
      name: "a key taken",
      key: { kind: "key", value: "sk-12345" },
      codes: [],
      evidence: "Authorization: Bearer ••• (8)",
    },
    {
      name: "a key refused",
      key: { kind: "key", value: "sk-12345" },
      reply: refused,
      codes: ["auth.rejected"],
      evidence: "Authorization: Bearer ••• (8)",
    },
    {
      name: "a key missing that nobody asked for, without which the OpenAI SDKs refuse to start",
      key: { kind: "missing", where: "secret" },
      codes: ["auth.empty"],
      evidence: "secret: missing",
    },
    {
      name: "a key missing",
      key: { kind: "missing", where: "env KEY" },
      reply: refused,
      codes: ["auth.missing"],
      evidence: "env KEY: missing",
    },
    {
      name: "a key held back from another origin",
      key: { kind: "other-origin", origin: "https://old.example" },
      codes: ["auth.origin-changed"],
      evidence: "other-origin: https://old.example → http://localhost:8000",
    },
    {
      name: "a source without consent",
      key: { kind: "needs-consent", where: "env KEY" },
      codes: ["auth.origin-changed"],
      evidence: "env KEY: needs-consent → http://localhost:8000",
    },
    {
      name: "a key held back from the open wire, which the server did not miss",
      key: { kind: "plain-http", origin: "http://gpu.example" },
      codes: ["auth.plain-http"],
      evidence: "plain-http: http://gpu.example",
    },
    {
      name: "a key held back from the open wire, which the server wants",
      key: { kind: "plain-http", origin: "http://gpu.example" },
      reply: refused,
      codes: ["auth.plain-http"],
      evidence: "plain-http: http://gpu.example",
    },
    {
      name: "a key held back, and a server that denies access without it",
      key: { kind: "other-origin", origin: "https://old.example" },
      reply: aReply({ error: "Forbidden" }, { status: 403 }),
      codes: ["auth.origin-changed"],
      evidence: "other-origin: https://old.example → http://localhost:8000",
    },
    {
      name: "a key held back, and a server that says it is missing",
      key: { kind: "needs-consent", where: "env KEY" },
      reply: aReply({ detail: "Not authenticated" }, { status: 403 }),
      codes: ["auth.origin-changed"],
      evidence: "env KEY: needs-consent → http://localhost:8000",
    },
    {
      name: "a source that failed",
      key: { kind: "failed", where: "file /k", reason: "ENOENT" },
      codes: [],
      evidence: "file /k: ENOENT",
    },
    {
      name: "403",
      key: { kind: "none" },
      reply: aReply({ error: "Forbidden" }, { status: 403 }),
      codes: ["auth.forbidden"],
      evidence: "key.from: none",
    },
    {
      name: "a fault of another rung",
      key: { kind: "none" },
      reply: aReply("", { status: 404 }),
      codes: [],
      evidence: "key.from: none",
    },
  ];
  for (const { name, key, reply, codes, evidence } of cases) {
    it(`finds ${codes.join() || "nothing"} with ${name}`, () => {
      const judged = judge(key, reply);
      assert.deepEqual(
        judged.findings.map(({ code }) => code),
        codes,
      );
      assert.deepEqual(judged.evidence, [evidence]);
      assert.doesNotMatch(JSON.stringify(judged), /sk-/);
    });
  }

  it("offers https first where the server speaks it too, so that the key need not travel unencrypted", async () => {
    const baseUrl = "http://gpu.example:8000/v1";
    const { report, http } = await climbAll({
      subject: {
        endpoint: anEndpoint({ baseUrl }),
        credentials: someCredentials({ key: { kind: "plain-http", origin: "http://gpu.example:8000" } }),
        proxy: "proxy.example:3128",
      },
      routes: {
        [`GET ${baseUrl}/models`]: refused,
        [`POST ${baseUrl}/chat/completions`]: refused,
        "GET https://gpu.example:8000/v1/models": refused,
      },
    });
    const [finding] = report.findings;
    assert.deepEqual([finding?.code, finding?.severity], ["auth.plain-http", "blocker"]);
    assert.deepEqual(
      finding?.fixes.slice(0, 3).map(({ kind }) => kind),
      ["set-base-url", "allow-plain-http", "copy-command"],
    );
    assert.deepEqual(finding.fixes[0], { kind: "set-base-url", baseUrl: "https://gpu.example:8000/v1" });
    assert.ok(http.requests.every(({ headers }) => headers["authorization"] === undefined));
  });
});
