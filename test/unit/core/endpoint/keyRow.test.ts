import assert from "node:assert/strict";

import type { Endpoint } from "../../../../src/core/endpoint/endpoint.ts";
import { EndpointStore } from "../../../../src/core/endpoint/endpointStore.ts";
import { type Health, unknownHealth } from "../../../../src/core/endpoint/health.ts";
import type { Row } from "../../../../src/core/endpoint/row.ts";
import { childRows, topRows } from "../../../../src/core/endpoint/rows.ts";
import { anEndpoint } from "../../../support/builders.ts";

const formatDate = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);
const context = { formatTime: formatDate, formatDate, demoId: undefined };

function withOne(health: Partial<Health>, fields: Partial<Endpoint> = {}): EndpointStore {
  const store = new EndpointStore();
  store.replace([{ kind: "valid", endpoint: anEndpoint({ id: "a", name: "A", ...fields }) }]);
  store.setHealth("a", { ...unknownHealth, ...health });
  return store;
}

const top = (store: EndpointStore): Row => topRows(store, context)[0]!;

const allBelow = (store: EndpointStore): readonly Row[] => childRows(top(store), store, context);

const checked = { state: "up" as const, checkedAtMs: 0, latencyMs: 23.4 };

describe("the key row of an endpoint", () => {
  const keyOf = (rows: readonly Row[]): Row | undefined => rows.find(({ key }) => key.endsWith(":key"));

  it("names the source before anything was read", () => {
    const row = keyOf(allBelow(withOne({}, { key: { from: "env", name: "QWEN_KEY" } })));
    assert.deepEqual([row?.label, row?.description, row?.icon], ["Key", "env QWEN_KEY", "key"]);
    assert.deepEqual([row?.contextValue, row?.endpointId], ["key", "a"]);
  });

  it("stands between the server and the models", () => {
    const rows = allBelow(withOne({ ...checked, server: "vLLM", models: [{ id: "m1" }] }));
    assert.deepEqual(
      rows.map(({ label }) => label),
      ["vLLM", "Key", "m1"],
    );
  });

  it("says what the last check read, with a key that waits", () => {
    const waiting = { lastFour: "…wxyz", setAtMs: 0 };
    const key = { source: "secret", state: "key", lastFour: "…abcd", setAtMs: 0, waiting } as const;
    const row = keyOf(allBelow(withOne({ ...checked, key })));
    assert.equal(row?.description, "secret …abcd · new …wxyz waits for its test · old one set 1970-01-01");
    assert.equal(row.color, undefined);
  });

  it("warns of a key that is held back", () => {
    const key = { source: "secret", state: "plain-http", origin: "http://a.invalid" } as const;
    const row = keyOf(allBelow(withOne({ ...checked, key })));
    assert.equal(row?.color, "problemsWarningIcon.foreground");
    assert.match(row.tooltip, /unencrypted to http:\/\/a\.invalid/);
  });

  it("offers nothing for the demo endpoint", () => {
    const store = withOne(checked);
    const rows = childRows(top(store), store, { ...context, demoId: "a" });
    assert.equal(keyOf(rows)?.contextValue, "text");
  });
});
