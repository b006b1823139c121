import assert from "node:assert/strict";

import { EndpointStore } from "../../../../src/core/endpoint/endpointStore.ts";
import { type HealthState, unknownHealth } from "../../../../src/core/endpoint/health.ts";
import { summarize } from "../../../../src/core/endpoint/summary.ts";
import { anEndpoint } from "../../../support/builders.ts";

describe("summarize", () => {
  it("counts by state, and names what is down", () => {
    const states: readonly HealthState[] = ["up", "up", "down", "attention", "unknown", "down"];
    const store = new EndpointStore();
    store.replace([
      ...states.map((_, index) => ({
        kind: "valid" as const,
        endpoint: anEndpoint({ id: `e${index}`, name: `N${index}` }),
      })),
      { kind: "invalid", rowId: "user:9", name: "?", scope: "user", problems: ["x"] },
    ]);
    states.forEach((state, index) => store.setHealth(`e${index}`, { ...unknownHealth, state }));
    assert.deepEqual(summarize(store), {
      total: 6,
      up: 2,
      attention: 1,
      down: 2,
      invalid: 1,
      downNames: ["N2", "N5"],
    });
  });

  it("is all nought without endpoints", () => {
    const nothing = { total: 0, up: 0, attention: 0, down: 0, invalid: 0, downNames: [] };
    assert.deepEqual(summarize(new EndpointStore()), nothing);
  });
});
