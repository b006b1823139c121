import assert from "node:assert/strict";

import { verdictOf } from "../../../../src/core/diagnosis/rungTexts.ts";
import { aReport, aRung } from "../../../support/builders.ts";

describe("the closing sentence of a test", () => {
  for (const [durationMs, expected] of [
    [0.4, "Healthy. Every step passed in 0 ms."],
    [214, "Healthy. Every step passed in 214 ms."],
    [7689, "Healthy. Every step passed in 7.7 s."],
  ] as const) {
    it(`says ${expected}`, () => {
      assert.deepEqual(verdictOf(aReport({ durationMs })), { tone: "good", text: expected });
    });
  }

  it("is not said while a rung runs", () => {
    assert.equal(verdictOf(aReport({ rungs: [aRung("chat", { status: "running" })] })), undefined);
  });
});
