import assert from "node:assert/strict";

import { summarizeVector } from "../../../../src/core/embedding/vectorSummary.ts";

describe("summarizeVector", () => {
  it("tells size, length, range and the first values", () => {
    const vector = [3, -4, ...Array.from({ length: 18 }, () => 0)];
    assert.deepEqual(summarizeVector(vector), {
      dimensions: 20,
      norm: 5,
      head: vector.slice(0, 16),
      min: -4,
      max: 3,
      mean: -0.05,
    });
  });

  it("is all nought without values", () => {
    const expected = { dimensions: 0, norm: 0, head: [], min: 0, max: 0, mean: 0 };
    assert.deepEqual(summarizeVector([]), expected);
  });
});
