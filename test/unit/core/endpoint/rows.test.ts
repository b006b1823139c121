import assert from "node:assert/strict";

import type { Endpoint } from "../../../../src/core/endpoint/endpoint.ts";
import { EndpointStore } from "../../../../src/core/endpoint/endpointStore.ts";
import { type Health, unknownHealth } from "../../../../src/core/endpoint/health.ts";
import type { Row } from "../../../../src/core/endpoint/row.ts";
import { childRows, topRows } from "../../../../src/core/endpoint/rows.ts";
import { aFinding, anEndpoint, aReport, aRung } from "../../../support/builders.ts";

const formatter = new Intl.DateTimeFormat("en", { timeStyle: "medium" });
const formatDate = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);
const context = { formatTime: (epochMs: number) => formatter.format(epochMs), formatDate, demoId: undefined };

function withOne(health: Partial<Health>, fields: Partial<Endpoint> = {}): EndpointStore {
  const store = new EndpointStore();
  store.replace([{ kind: "valid", endpoint: anEndpoint({ id: "a", name: "A", ...fields }) }]);
  store.setHealth("a", { ...unknownHealth, ...health });
  return store;
}

const top = (store: EndpointStore): Row => topRows(store, context)[0]!;

/** Without the row of the key, which has tests of its own: `keyRow.test.ts`. */
const below = (store: EndpointStore): readonly Row[] =>
  childRows(top(store), store, context).filter(({ key }) => !key.endsWith(":key"));

const checked = { state: "up" as const, checkedAtMs: 0, latencyMs: 23.4 };

describe("topRows", () => {
  const states: readonly { name: string; health: Partial<Health>; icon: string; description: RegExp }[] = [
    { name: "not checked yet", health: {}, icon: "circle-outline", description: /^not checked$/ },
    {
      name: "checked for the first time",
      health: { activity: "checking" },
      icon: "loading~spin",
      description: /^checking…$/,
    },
    { name: "up", health: checked, icon: "pass-filled", description: /^23 ms · \d/ },
    {
      name: "up and quick",
      health: { ...checked, latencyMs: 1.25 },
      icon: "pass-filled",
      description: /^1\.3 ms · \d/,
    },
    {
      name: "up and checked again",
      health: { ...checked, activity: "checking" },
      icon: "pass-filled",
      description: /^23 ms/,
    },
    {
      name: "up with a note",
      health: { ...checked, findings: [aFinding("http.no-models-route", { severity: "note" })] },
      icon: "pass-filled",
      description: /^23 ms/,
    },
    {
      name: "in need of attention",
      health: {
        ...checked,
        state: "attention",
        findings: [aFinding("http.malformed", { severity: "warning" })],
      },
      icon: "warning",
      description: /^The reply cannot be read · \d/,
    },
    {
      name: "down",
      health: { state: "down", checkedAtMs: 0, findings: [aFinding("connect.refused")] },
      icon: "error",
      description: /^Nothing listens on this port · \d/,
    },
  ];
  for (const { name, health, icon, description } of states) {
    it(`shows an endpoint that is ${name}`, () => {
      const row = top(withOne(health));
      assert.equal(row.label, "A");
      assert.equal(row.icon, icon);
      assert.match(row.description, description);
      assert.equal(row.children, "collapsed");
    });
  }

  it("shows that certificates are not verified", () => {
    const unchecked = { tls: { verify: false }, baseUrl: "https://a.invalid/v1" };
    assert.equal(top(withOne(checked, unchecked)).icon, "unlock");
    const down = { state: "down" as const, checkedAtMs: 0, findings: [aFinding("connect.refused")] };
    for (const health of [{}, checked, down]) {
      const row = top(withOne(health, unchecked));
      assert.match(row.description, /. · certificate not checked$/);
      assert.match(row.tooltip, /certificate is not checked/);
    }
    assert.doesNotMatch(top(withOne(checked, { tls: { verify: false } })).description, /certificate/);
  });

  it("tells the demo endpoint and tested ones apart, for the menus", () => {
    const store = withOne(checked);
    assert.equal(top(store).contextValue, "endpoint-configured");
    store.setReport("a", aReport());
    assert.equal(top(store).contextValue, "endpoint-configured-reported");
    assert.equal(topRows(store, { ...context, demoId: "a" })[0]?.contextValue, "endpoint-demo-reported");
  });

  it("shows a bad entry with its first problem, and all of them below", () => {
    const store = new EndpointStore();
    store.replace([
      { kind: "invalid", rowId: "user:0", name: "\u202eevil", scope: "user", problems: ["one", "two"] },
    ]);
    const row = top(store);
    assert.deepEqual([row.label, row.description, row.contextValue], ["[U+202E]evil", "one", "invalid"]);
    assert.match(row.tooltip, /one\ntwo$/);
    assert.deepEqual(
      childRows(row, store, context).map(({ label }) => label),
      ["one", "two"],
    );
    store.replace([]);
    assert.deepEqual(childRows(row, store, context), []);
  });

  it("has no rows without entries", () => assert.deepEqual(topRows(new EndpointStore(), context), []));

  it("draws 1,000 endpoints at once, each with a key of its own", () => {
    const store = new EndpointStore();
    store.replace(
      Array.from({ length: 1000 }, (_, index) => ({
        kind: "valid",
        endpoint: anEndpoint({ id: `e${index}` }),
      })),
    );
    for (let index = 0; index < 1000; index++) {
      store.setHealth(`e${index}`, { ...unknownHealth, ...checked });
    }
    const rows = topRows(store, context);
    assert.equal(new Set(rows.map(({ key }) => key)).size, 1000);
  });
});

describe("childRows of an endpoint", () => {
  const states: readonly { name: string; health: Partial<Health>; labels: readonly string[] }[] = [
    { name: "not checked", health: {}, labels: ["Not checked yet"] },
    { name: "without a list", health: checked, labels: ["No list of models"] },
    {
      name: "with an empty list",
      health: { ...checked, models: [] },
      labels: ["The server lists no models"],
    },
    {
      name: "that is down",
      health: { state: "down", checkedAtMs: 0, findings: [aFinding("connect.refused")] },
      labels: ["Nothing listens on this port"],
    },
    {
      name: "with a server and models",
      health: { ...checked, server: "vLLM", models: [{ id: "m1" }, { id: "m2" }] },
      labels: ["vLLM", "m1", "m2"],
    },
  ];
  for (const { name, health, labels } of states) {
    it(`of one ${name}`, () => {
      assert.deepEqual(
        below(withOne(health)).map(({ label }) => label),
        labels,
      );
    });
  }

  it("tell what is known of a model", () => {
    const models = [{ id: "m", task: "embedding" as const, contextLength: 32_768 }, { id: "n" }];
    assert.deepEqual(
      below(withOne({ ...checked, models })).map(({ description }) => description),
      ["embedding · context 32768", ""],
    );
  });

  it("show hostile model ids as what they are", () => {
    const models = [{ id: "<b>a\nb\u202egnp" }, { id: "x".repeat(1_000_000) }];
    const [hostile, long] = below(withOne({ ...checked, models }));
    assert.equal(hostile?.label, "<b>a␊b[U+202E]gnp");
    assert.ok((long?.label.length ?? Infinity) <= 210, `${String(long?.label.length)} characters`);
  });

  it("stop at 200 models and say how many are left", () => {
    const models = Array.from({ length: 250 }, (_, index) => ({ id: `m${index}` }));
    const rows = below(withOne({ ...checked, models }));
    assert.equal(rows.length, 201);
    assert.match(rows.at(-1)?.label ?? "", /50 more/);
  });

  it("show a finding with its proof, and below it the fixes to click", () => {
    const fixes = [
      { kind: "set-base-url" as const, baseUrl: "http://a/v1" },
      { kind: "test-again" as const },
    ];
    const finding = aFinding("address.missing-v1", { evidence: ["GET /models → 404", "a\u202eb"], fixes });
    const store = withOne({ state: "down", checkedAtMs: 0, findings: [finding] });
    const [row] = below(store);
    assert.deepEqual(
      [row?.label, row?.description, row?.icon],
      ["The base URL lacks /v1", "address.missing-v1", "error"],
    );
    assert.match(row?.tooltip ?? "", /GET \/models → 404\na\[U\+202E\]b$/);
    const fixRows = childRows(row!, store, context);
    assert.deepEqual(
      fixRows.map(({ label, fix, contextValue, endpointId }) => ({ label, fix, contextValue, endpointId })),
      [
        { label: "Set base URL to http://a/v1", fix: fixes[0], contextValue: "fix", endpointId: "a" },
        { label: "Test again", fix: fixes[1], contextValue: "fix", endpointId: "a" },
      ],
    );
    assert.deepEqual(childRows(fixRows[0]!, store, context), []);
  });

  it("have nothing to open at a finding without fixes", () => {
    const [row] = below(withOne({ ...checked, findings: [aFinding("embedding.zero")] }));
    assert.equal(row?.children, "none");
  });

  it("show one finding once, in the words of the test", () => {
    const store = withOne({ state: "down", checkedAtMs: 5, findings: [aFinding("connect.refused")] });
    const findings = [aFinding("connect.refused", { evidence: ["of the test"] }), aFinding("model.unknown")];
    store.setReport("a", aReport({ startedAtMs: 10, findings }));
    const rows = below(store);
    assert.deepEqual(
      rows.map(({ description }) => description),
      ["connect.refused", "model.unknown"],
    );
    assert.match(rows[0]?.tooltip ?? "", /of the test/);
  });

  it("say in the tooltip what to do on the server that the last test met", () => {
    const remedy = "Set the key that stands after --api-key.";
    const [finding] = below(withOne({ ...checked, findings: [aFinding("auth.rejected", { remedy })] }));
    assert.ok(finding?.tooltip.split("\n").includes(remedy));
  });

  it("drop what a newer check has put right, and keep what only a test can find", () => {
    const store = withOne({ ...checked, checkedAtMs: 100, models: [] });
    const refused = aFinding("connect.refused");
    const zero = aFinding("embedding.zero");
    store.setReport(
      "a",
      aReport({
        startedAtMs: 10,
        findings: [refused, zero],
        rungs: [
          aRung("connect", { findings: [refused] }),
          aRung("model"),
          aRung("embedding", { findings: [zero] }),
        ],
      }),
    );
    assert.deepEqual(
      below(store)
        .filter(({ contextValue }) => contextValue === "finding")
        .map(({ description }) => description),
      ["embedding.zero"],
    );
  });

  it("are none for an endpoint that has gone", () => {
    const store = withOne(checked);
    const row = top(store);
    store.replace([]);
    assert.deepEqual(childRows(row, store, context), []);
  });

  it("have keys of their own, even for equal models", () => {
    const store = withOne({
      ...checked,
      server: "m",
      models: [{ id: "m" }, { id: "m" }],
      findings: [aFinding("embedding.zero"), aFinding("http.malformed")],
    });
    const keys = below(store).map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
  });
});
