import assert from "node:assert/strict";

import type { Endpoint } from "../../../../src/core/endpoint/endpoint.ts";
import { EndpointStore, type StoreChange } from "../../../../src/core/endpoint/endpointStore.ts";
import { unknownHealth } from "../../../../src/core/endpoint/health.ts";
import type { EndpointEntry } from "../../../../src/core/endpoint/parseSettings.ts";
import { anEndpoint, aReport } from "../../../support/builders.ts";

const valid = (fields: Partial<Endpoint> = {}): EndpointEntry => ({
  kind: "valid",
  endpoint: anEndpoint({ id: "a", ...fields }),
});

const up = { ...unknownHealth, state: "up" as const };

function stored(): EndpointStore {
  const store = new EndpointStore();
  store.replace([valid()]);
  store.setHealth("a", up);
  store.setReport("a", aReport());
  return store;
}

describe("EndpointStore", () => {
  it("knows nothing of what was not checked", () => {
    const store = new EndpointStore();
    assert.equal(store.health("a"), unknownHealth);
    assert.equal(store.report("a"), undefined);
    assert.equal(store.endpoint("a"), undefined);
  });

  const edits: readonly { name: string; fields: Partial<Endpoint>; kept: boolean }[] = [
    { name: "name", fields: { name: "Renamed" }, kept: true },
    { name: "interval", fields: { checkEverySeconds: 5 }, kept: true },
    { name: "timeouts", fields: { timeouts: { connectMs: 1, firstByteMs: 1, idleMs: 1 } }, kept: true },
    { name: "base URL", fields: { baseUrl: "http://elsewhere/v1" }, kept: false },
    { name: "protocol", fields: { protocol: "generate" }, kept: false },
    { name: "key source", fields: { key: { from: "secret" } }, kept: false },
    { name: "headers", fields: { headers: { a: "1" } }, kept: false },
    { name: "TLS options", fields: { tls: { verify: false } }, kept: false },
    { name: "models", fields: { models: { chat: "m" } }, kept: false },
  ];
  for (const { name, fields, kept } of edits) {
    it(`${kept ? "keeps" : "forgets"} what was known when the ${name} changes`, () => {
      const store = stored();
      store.replace([valid(fields)]);
      assert.equal(store.health("a").state, kept ? "up" : "unknown");
      assert.equal(store.report("a") !== undefined, kept);
    });
  }

  it("forgets what was known of an endpoint that went, also when it comes back", () => {
    const store = stored();
    store.replace([]);
    store.replace([valid()]);
    assert.equal(store.health("a").state, "unknown");
  });

  it("ignores news of an endpoint that has gone", () => {
    const store = stored();
    store.replace([]);
    const changes: StoreChange[] = [];
    store.onChange((change) => changes.push(change));
    store.setHealth("a", up);
    store.setReport("a", aReport());
    assert.deepEqual(changes, []);
  });

  it("keeps bad entries in their place, and out of the endpoints", () => {
    const store = new EndpointStore();
    const bad: EndpointEntry = {
      kind: "invalid",
      rowId: "user:0",
      name: "?",
      scope: "user",
      problems: ["x"],
    };
    store.replace([bad, valid()]);
    assert.deepEqual(
      store.entries().map(({ kind }) => kind),
      ["invalid", "valid"],
    );
    assert.deepEqual(
      store.endpoints().map(({ id }) => id),
      ["a"],
    );
  });

  it("tells every change to those who listen, until they stop", () => {
    const store = new EndpointStore();
    const changes: StoreChange[] = [];
    const stop = store.onChange((change) => changes.push(change));
    store.replace([valid()]);
    store.setHealth("a", up);
    store.setReport("a", aReport());
    stop();
    store.setHealth("a", up);
    assert.deepEqual(changes, [
      { kind: "list" },
      { kind: "endpoint", id: "a" },
      { kind: "endpoint", id: "a" },
    ]);
  });
});
