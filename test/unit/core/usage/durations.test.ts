import assert from "node:assert/strict";
import fc from "fast-check";

import { Durations } from "../../../../src/core/usage/durations.ts";

function durationsOf(values: readonly number[]): Durations {
  const durations = new Durations();
  values.forEach((value) => durations.add(value));
  return durations;
}

/** By nearest rank, as the docstring says. */
function exact(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil((percent * sorted.length) / 100)) - 1]!;
}

describe("percentiles of durations", () => {
  it("are at most 1 % away from the exact ones, whatever the durations", () => {
    const duration = fc.oneof(
      fc.double({ min: 0.001, max: 100, noNaN: true }),
      fc.double({ min: 1, max: 600_000, noNaN: true }),
      fc.integer({ min: 1, max: 30_000 }),
    );
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 400 }), (values) => {
        const durations = durationsOf(values);
        for (const percent of [1, 50, 95, 99, 100]) {
          const right = exact(values, percent);
          const answer = durations.percentile(percent)!;
          assert.ok(
            Math.abs(answer - right) <= right * 0.01 * (1 + 1e-9),
            `p${percent}: ${answer} for ${right}`,
          );
        }
      }),
    );
  });

  it("are exact where all durations are the same", () => {
    assert.equal(durationsOf([2_000, 2_000]).percentile(95), 2_000);
  });

  it("of nothing are undefined", () => {
    assert.equal(new Durations().percentile(50), undefined);
  });

  it("of what took no time are 0", () => {
    assert.equal(durationsOf([0, 0, 0]).percentile(99), 0);
  });

  for (const odd of [Number.NaN, -1]) {
    it(`pass over ${odd}`, () => assert.equal(durationsOf([odd]).percentile(50), undefined));
  }

  it("stand an endless duration", () => {
    assert.ok(Number.isFinite(durationsOf([Number.POSITIVE_INFINITY, 5]).percentile(99)));
  });

  it("do not depend on the order in which they came", () => {
    const values = [900, 3, 47_000, 12, 0.4, 128];
    assert.equal(durationsOf(values).percentile(50), durationsOf(values.toReversed()).percentile(50));
  });
});
