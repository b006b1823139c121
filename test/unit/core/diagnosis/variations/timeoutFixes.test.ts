import assert from "node:assert/strict";

import type { FindingCode } from "../../../../../src/core/diagnosis/finding.ts";
import { timeoutFixes } from "../../../../../src/core/diagnosis/variations/timeoutFixes.ts";

describe("the fix of a time-out", () => {
  const timeouts = { connectMs: 5000, firstByteMs: 400_000, idleMs: 600_000 };
  const cases: readonly { code: FindingCode; waitedMs?: number; fixes: readonly [string, number][] }[] = [
    { code: "connect.timeout", fixes: [["connectMs", 10_000]] },
    { code: "http.timeout", fixes: [["firstByteMs", 600_000]] },
    { code: "http.timeout", waitedMs: 10_000, fixes: [] },
    { code: "stream.stalled", fixes: [] },
    { code: "connect.refused", fixes: [] },
  ];
  for (const { code, waitedMs, fixes } of cases) {
    it(`is ${JSON.stringify(fixes)} after ${code}, having waited ${waitedMs ?? "for all of it"}`, () => {
      assert.deepEqual(
        timeoutFixes(code, timeouts, waitedMs),
        fixes.map(([timer, milliseconds]) => ({ kind: "set-timeout", timer, milliseconds })),
      );
    });
  }
});
