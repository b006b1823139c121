import assert from "node:assert/strict";

import { cosine, normOf } from "../../../../src/core/embedding/cosine.ts";

describe("cosine", () => {
  const cases: readonly {
    readonly left: readonly number[];
    readonly right: readonly number[];
    readonly expected: number;
  }[] = [
    { left: [1, 0], right: [2, 0], expected: 1 },
    { left: [1, 0], right: [0, 3], expected: 0 },
    { left: [3, 4], right: [-3, -4], expected: -1 },
    { left: [1, 0], right: [1], expected: NaN },
    { left: [0, 0], right: [1, 0], expected: NaN },
    { left: [], right: [], expected: NaN },
  ];
  for (const { left, right, expected } of cases) {
    it(`is ${expected} between [${left.join()}] and [${right.join()}]`, () => {
      assert.equal(cosine(left, right), expected);
    });
  }

  it("goes with the Euclidean length", () => assert.equal(normOf([3, 4]), 5));
});
