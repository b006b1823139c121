/** Climbs the rungs, telling of each as it lands, and stops at the first blocker. */

import { isBlocker } from "./finding.ts";
import { type Report, type Rung, type RungId, type RungStatus, rungIds } from "./report.ts";
import type { AnyStep, DiagnosisPorts, Judgement, Learned, Subject } from "./step.ts";

/** Yields the report so far: first with a rung `running`, then with what it found. The last one carries the verdict. */
export async function* diagnose(
  steps: readonly AnyStep[],
  subject: Subject,
  ports: DiagnosisPorts,
  signal: AbortSignal,
): AsyncGenerator<Report> {
  const startedAtMs = ports.clock.epochMs();
  const startMs = ports.clock.now();
  const rungs = new Map<RungId, Rung>(steps.map(({ id }) => [id, blankRung(id, "not-reached")]));
  let learned: Learned = {};
  const report = (): Report =>
    reportOf(subject, learned, [...rungs.values()], startedAtMs, ports.clock.now() - startMs, signal.aborted);

  for (const step of steps) {
    rungs.set(step.id, blankRung(step.id, "running"));
    yield report();
    const rungStartMs = ports.clock.now();
    const judgement = await step.climb(subject, learned, ports, signal);
    learned = { ...learned, ...judgement.learned };
    rungs.set(step.id, rungOf(step.id, judgement, ports.clock.now() - rungStartMs, signal.aborted));
    if (signal.aborted || judgement.findings.some(isBlocker)) {
      break;
    }
    yield report();
  }
  yield report();
}

function blankRung(id: RungId, status: RungStatus): Rung {
  return { id, status, durationMs: 0, evidence: [], findings: [] };
}

/** A rung that was cancelled found nothing: a fault then is our own doing. */
function rungOf(id: RungId, judgement: Judgement, durationMs: number, cancelled: boolean): Rung {
  if (cancelled) {
    return blankRung(id, "not-reached");
  }
  const { evidence, findings } = judgement;
  return { id, status: judgement.status ?? statusOf(findings), durationMs, evidence, findings };
}

function statusOf(findings: Rung["findings"]): RungStatus {
  if (findings.some(isBlocker)) {
    return "failed";
  }
  return findings.some(({ severity }) => severity === "warning") ? "warned" : "passed";
}

function reportOf(
  subject: Subject,
  learned: Learned,
  rungs: readonly Rung[],
  startedAtMs: number,
  durationMs: number,
  cancelled: boolean,
): Report {
  const { endpoint, task, machine } = subject;
  // Rungs that read the same reply find the same; it is told once, where it weighs most.
  const findings = rungs
    .flatMap((rung) => rung.findings)
    .sort((a, b) => weight(a.severity) - weight(b.severity))
    .filter(({ code }, index, all) => all.findIndex((other) => other.code === code) === index);
  return {
    endpointId: endpoint.id,
    endpointName: endpoint.name,
    baseUrl: endpoint.baseUrl,
    task: learned.task ?? task,
    ...(learned.model === undefined ? {} : { model: learned.model }),
    ...(learned.server === undefined ? {} : { server: learned.server }),
    machine,
    startedAtMs,
    durationMs,
    verdict: cancelled ? "cancelled" : verdictOf(findings),
    rungs,
    findings,
  };
}

function verdictOf(findings: Report["findings"]): Report["verdict"] {
  if (findings.some(isBlocker)) {
    return "failed";
  }
  return findings.some(({ severity }) => severity === "warning") ? "warnings" : "healthy";
}

function weight(severity: Report["findings"][number]["severity"]): number {
  return ["blocker", "warning", "note"].indexOf(severity);
}

/** The rung that failed, if one did: where a person looks first. */
export function failedRung(report: Report): RungId | undefined {
  return rungIds.find((id) => report.rungs.some((rung) => rung.id === id && rung.status === "failed"));
}
