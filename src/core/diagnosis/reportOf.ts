/** From what the rungs found to the report: one status a rung, every finding once, one verdict. */

import type { Exchange } from "./exchange.ts";
import { isBlocker } from "./finding.ts";
import type { Report, Rung, RungId, RungStatus, Variation } from "./report.ts";
import { sdkMessages } from "./sdkMessages.ts";
import type { Judgement, Learned, Subject } from "./step.ts";

export function blankRung(id: RungId, status: RungStatus): Rung {
  const nothing = {
    durationMs: 0,
    evidence: [],
    findings: [],
    variations: [],
    exchanges: [],
    modelRequests: 0,
    sdk: [],
  };
  return { id, status, ...nothing };
}

type Climbed = Judgement & {
  readonly variations: readonly Variation[];
  readonly exchanges: readonly Exchange[];
  readonly durationMs: number;
};

export function rungOf(id: RungId, climbed: Climbed): Rung {
  const { evidence, findings, variations, exchanges, durationMs } = climbed;
  return {
    id,
    status: climbed.status ?? statusOf(findings),
    durationMs,
    evidence,
    findings,
    variations,
    exchanges,
    // Only requests to a model have a body.
    modelRequests: exchanges.filter(({ method }) => method === "POST").length,
    sdk: sdkMessages(
      findings,
      exchanges.filter(({ role }) => role === "rung"),
    ),
  };
}

function statusOf(findings: Rung["findings"]): RungStatus {
  if (findings.some(isBlocker)) {
    return "failed";
  }
  return findings.some(({ severity }) => severity === "warning") ? "warned" : "passed";
}

interface Course {
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly cancelled: "cancelled" | "running";
}

export function reportOf(
  subject: Subject,
  learned: Learned,
  rungs: readonly Rung[],
  { startedAtMs, durationMs, cancelled }: Course,
): Report {
  const { endpoint, tasks, depth, machine } = subject;
  const { server, chosen = {} } = learned;
  // Rungs that read the same reply find the same; it is told once, where it weighs most.
  const findings = rungs
    .flatMap((rung) => rung.findings)
    .sort((a, b) => weight(a.severity) - weight(b.severity))
    .filter(({ code }, index, all) => all.findIndex((other) => other.code === code) === index);
  return {
    endpointId: endpoint.id,
    endpointName: endpoint.name,
    baseUrl: endpoint.baseUrl,
    tasks: learned.tasks ?? tasks,
    depth,
    models: chosen,
    ...(server === undefined ? {} : { server: server.name, serverId: server.id }),
    ...(server?.version === undefined ? {} : { serverVersion: server.version }),
    machine,
    startedAtMs,
    durationMs,
    verdict: cancelled === "cancelled" ? "cancelled" : verdictOf(findings),
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
