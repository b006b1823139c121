import assert from "node:assert/strict";

import { failedRung } from "../../../../src/core/diagnosis/failedRung.ts";
import { diagnose } from "../../../../src/core/diagnosis/ladder.ts";
import { type Report, rungIds } from "../../../../src/core/diagnosis/report.ts";
import type { AnyStep, DiagnosisPorts, Judgement, Learned } from "../../../../src/core/diagnosis/step.ts";
import { steps as allSteps } from "../../../../src/core/diagnosis/steps/index.ts";
import { aFinding, aSubject, fakeClock, fakeHttp, fakeSockets } from "../../../support/builders.ts";

const clock = fakeClock();
const ports: DiagnosisPorts = { http: fakeHttp({}), sockets: fakeSockets(), clock };

/** A step that takes 10 ms and says this. */
function step(id: AnyStep["id"], judgement: Partial<Judgement> = {}, seen: Learned[] = []): AnyStep {
  return {
    id,
    climb: (_subject, learned) => {
      seen.push(learned);
      clock.advance(10);
      return Promise.resolve({ evidence: [], findings: [], ...judgement });
    },
  };
}

async function climb(steps: readonly AnyStep[], signal = new AbortController().signal): Promise<Report[]> {
  const reports: Report[] = [];
  for await (const report of diagnose(steps, aSubject(), ports, signal)) {
    reports.push(report);
  }
  return reports;
}

const statuses = (report: Report | undefined): readonly string[] =>
  (report?.rungs ?? []).map(({ id, status }) => `${id} ${status}`);

describe("diagnose", () => {
  it("tells of every rung as it begins and as it lands, always with all rungs in their order", async () => {
    const reports = await climb([step("address"), step("name")]);
    assert.deepEqual(reports.map(statuses), [
      ["address running", "name not-reached"],
      ["address passed", "name not-reached"],
      ["address passed", "name running"],
      ["address passed", "name passed"],
      ["address passed", "name passed"],
    ]);
    assert.equal(reports.at(-1)?.verdict, "healthy");
  });

  it("stops at the first blocker and leaves the rest unreached", async () => {
    const blocker = step("name", { findings: [aFinding("name.not-found")] });
    const reports = await climb([step("address"), blocker, step("connect"), step("tls")]);
    const last = reports.at(-1);
    assert.deepEqual(statuses(last), [
      "address passed",
      "name failed",
      "connect not-reached",
      "tls not-reached",
    ]);
    assert.equal(last?.verdict, "failed");
    assert.equal(failedRung(last), "name");
  });

  it("goes on past warnings and notes", async () => {
    const warned = step("address", { findings: [aFinding("address.full-path", { severity: "warning" })] });
    const noted = step("name", { findings: [aFinding("address.missing-v1", { severity: "note" })] });
    const last = (await climb([warned, noted, step("connect")])).at(-1);
    assert.deepEqual(statuses(last), ["address warned", "name passed", "connect passed"]);
    assert.equal(last?.verdict, "warnings");
    assert.equal(failedRung(last), undefined);
  });

  it("tells blockers first, then warnings, then notes", async () => {
    const last = (
      await climb([
        step("address", { findings: [aFinding("address.missing-v1", { severity: "note" })] }),
        step("models", { findings: [aFinding("http.malformed", { severity: "warning" })] }),
        step("chat", { findings: [aFinding("embedding.zero")] }),
      ])
    ).at(-1);
    assert.deepEqual(
      last?.findings.map(({ code }) => code),
      ["embedding.zero", "http.malformed", "address.missing-v1"],
    );
  });

  it("hands on what earlier rungs learned", async () => {
    const seen: Learned[] = [];
    const last = (
      await climb([
        step("http", { learned: { server: { id: "vllm", name: "vLLM", version: "0.11.0" } } }),
        step("model", { learned: { chosen: { chat: "m" } } }),
        step("chat", {}, seen),
      ])
    ).at(-1);
    assert.deepEqual(seen, [
      { server: { id: "vllm", name: "vLLM", version: "0.11.0" }, chosen: { chat: "m" } },
    ]);
    assert.deepEqual(
      [last?.server, last?.serverId, last?.serverVersion, last?.models.chat],
      ["vLLM", "vllm", "0.11.0", "m"],
    );
  });

  it("shows skipped rungs, and how long each took", async () => {
    const last = (await climb([step("address"), step("tls", { status: "skipped" })])).at(-1);
    assert.deepEqual(
      last?.rungs.map(({ status, durationMs }) => [status, durationMs]),
      [
        ["passed", 10],
        ["skipped", 10],
      ],
    );
    assert.equal(last.durationMs, 20);
  });

  it("is cancelled, and finds nothing in the rung that was cut short", async () => {
    const controller = new AbortController();
    const cut: AnyStep = {
      id: "connect",
      climb: () => {
        controller.abort();
        return Promise.resolve({ evidence: ["ABORTED"], findings: [aFinding("connect.refused")] });
      },
    };
    const last = (await climb([step("address"), cut, step("http")], controller.signal)).at(-1);
    assert.deepEqual(statuses(last), ["address passed", "connect not-reached", "http not-reached"]);
    assert.equal(last?.verdict, "cancelled");
    assert.deepEqual(last.findings, []);
  });

  it("has a step for every rung, in the order of the report", () => {
    assert.deepEqual(
      allSteps.map(({ id }) => id),
      rungIds,
    );
  });
});
