import assert from "node:assert/strict";

import fc from "fast-check";

import { longestDelayMs, nextDelayMs } from "../../../../src/core/endpoint/backoff.ts";
import { unknownHealth } from "../../../../src/core/endpoint/health.ts";

const after = (failures: number) => ({ ...unknownHealth, failures });

describe("nextDelayMs", () => {
  const cases: readonly { every: number; failures: number; seconds: number }[] = [
    { every: 60, failures: 0, seconds: 60 },
    { every: 60, failures: 1, seconds: 120 },
    { every: 60, failures: 3, seconds: 480 },
    { every: 60, failures: 4, seconds: 600 },
    { every: 60, failures: 1_000_000, seconds: 600 },
    { every: 1, failures: 9, seconds: 512 },
    { every: 3600, failures: 5, seconds: 3600 },
  ];
  for (const { every, failures, seconds } of cases) {
    it(`waits ${seconds} s after ${failures} failures of a check every ${every} s`, () => {
      assert.equal(
        nextDelayMs(every, after(failures), () => 0.5),
        seconds * 1000,
      );
    });
  }

  for (const every of [0, -1]) {
    it(`never checks with an interval of ${every}`, () => {
      assert.equal(
        nextDelayMs(every, after(0), () => 0.5),
        undefined,
      );
    });
  }

  it("spreads by a tenth either way, and never beyond (property)", () => {
    const every = fc.double({ min: 1, max: 86_400, noNaN: true });
    const random = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(every, fc.nat(100), random, (seconds, failures, share) => {
        const middle = nextDelayMs(seconds, after(failures), () => 0.5)!;
        const delay = nextDelayMs(seconds, after(failures), () => share)!;
        assert.ok(delay >= middle * 0.9 - 1e-6 && delay <= middle * 1.1 + 1e-6);
        assert.ok(middle <= Math.max(seconds * 1000, longestDelayMs) + 1e-6);
      }),
    );
  });
});
