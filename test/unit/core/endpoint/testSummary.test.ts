import assert from "node:assert/strict";

import type { Report } from "../../../../src/core/diagnosis/report.ts";
import { type Tested, testRows, testsVerdict } from "../../../../src/core/endpoint/testSummary.ts";
import { aFinding, anEndpoint, aReport, aRung } from "../../../support/builders.ts";

function tested(id: string, progress: Tested["progress"]): Tested {
  return { endpoint: anEndpoint({ id, name: id }), progress };
}

const healthy: Report = aReport({ rungs: [aRung("http", { durationMs: 12.4 })], models: { chat: "qwen3" } });
const failed: Report = aReport({
  verdict: "failed",
  findings: [aFinding("connect.refused")],
  durationMs: 3,
});
const warned: Report = aReport({
  verdict: "warnings",
  findings: [aFinding("embedding.zero", { severity: "warning" })],
});
const cancelled: Report = aReport({ verdict: "cancelled" });

describe("testRows", () => {
  it("put failures first, and what has not ended last, each in the order of the settings", () => {
    const rows = testRows([
      tested("waits", "waiting"),
      tested("well", healthy),
      tested("runs", "running"),
      tested("warns", warned),
      tested("dead", failed),
      tested("dead too", failed),
      tested("stopped", cancelled),
    ]);
    assert.deepEqual(
      rows.map(({ endpointId, state }) => `${endpointId}: ${state}`),
      [
        "dead: failed",
        "dead too: failed",
        "warns: warnings",
        "stopped: cancelled",
        "well: healthy",
        "runs: running",
        "waits: waiting",
      ],
    );
  });

  it("name the worst finding of a failed test, and the latency of a healthy one", () => {
    const [dead, well] = testRows([tested("well", healthy), tested("dead", failed)]);
    assert.deepEqual(dead, {
      endpointId: "dead",
      name: "dead",
      state: "failed",
      text: "Nothing listens on this port",
      model: "",
      durationMs: 3,
    });
    assert.equal(well?.text, "answers in 12 ms");
    assert.equal(well.model, "qwen3");
  });

  it("have no duration until the test has ended", () => {
    assert.equal(testRows([tested("runs", "running")])[0]?.durationMs, undefined);
  });
});

describe("testsVerdict", () => {
  const verdicts = [
    { of: [healthy, healthy], tone: "good", text: "All endpoints are healthy: 2" },
    { of: [healthy, failed, warned], tone: "bad", text: "3 endpoints: 1 failed, 1 with warnings" },
    { of: [healthy, failed], tone: "bad", text: "2 endpoints: 1 failed" },
    { of: [healthy, warned], tone: "warning", text: "2 endpoints: 1 with warnings" },
    { of: [failed, cancelled], tone: "warning", text: "Cancelled" },
  ] as const;
  for (const { of, tone, text } of verdicts) {
    it(`of ${of.map(({ verdict }) => verdict).join(", ")} is: ${text}`, () => {
      assert.deepEqual(testsVerdict(of.map((report, index) => tested(String(index), report))), {
        tone,
        text,
      });
    });
  }

  it("is open while a test runs, and when there is none", () => {
    assert.equal(testsVerdict([tested("a", healthy), tested("b", "running")]), undefined);
    assert.equal(testsVerdict([]), undefined);
  });
});
