/** The tests of all endpoints side by side, as data: what the summary page draws. */

import * as l10n from "@vscode/l10n";

import { describeFinding } from "../diagnosis/findingTexts.ts";
import type { Report } from "../diagnosis/report.ts";
import type { Endpoint } from "./endpoint.ts";

/** An endpoint and how far its test is. */
export interface Tested {
  readonly endpoint: Endpoint;
  readonly progress: "waiting" | "running" | Report;
}

export interface TestRow {
  readonly endpointId: string;
  readonly name: string;
  readonly state: "waiting" | "running" | Report["verdict"];
  readonly text: string;
  readonly model: string;
  readonly durationMs?: number;
}

const order: readonly TestRow["state"][] = [
  "failed",
  "warnings",
  "cancelled",
  "healthy",
  "running",
  "waiting",
];

/** Failures first; within a verdict in the order of the settings. */
export function testRows(tested: readonly Tested[]): readonly TestRow[] {
  return tested.map(rowOf).sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}

function rowOf({ endpoint: { id, name, models }, progress }: Tested): TestRow {
  const row = { endpointId: id, name };
  if (typeof progress === "string") {
    return { ...row, state: progress, text: "", model: list(models) };
  }
  const { verdict, durationMs } = progress;
  return { ...row, state: verdict, text: outcomeOf(progress), model: list(progress.models), durationMs };
}

/** What is wrong, or how long the server took to answer over HTTP. */
function outcomeOf({ verdict, findings, rungs }: Report): string {
  const worst = findings.find(({ severity }) => severity !== "note");
  if (worst !== undefined) {
    return describeFinding(worst.code).title;
  }
  const http = rungs.find(({ id }) => id === "http");
  return verdict === "cancelled" || http === undefined
    ? ""
    : l10n.t("answers in {0} ms", Math.max(1, Math.round(http.durationMs)));
}

function list(models: Endpoint["models"]): string {
  return [...new Set(Object.values(models))].join(", ");
}

/** The closing sentence; undefined while tests run. */
export function testsVerdict(
  tested: readonly Tested[],
): { readonly tone: "good" | "warning" | "bad"; readonly text: string } | undefined {
  const states = tested.map(({ progress }) => (typeof progress === "string" ? progress : progress.verdict));
  if (states.length === 0 || states.some((state) => state === "waiting" || state === "running")) {
    return undefined;
  }
  const count = (state: TestRow["state"]): number => states.filter((each) => each === state).length;
  const [failed, warned] = [count("failed"), count("warnings")];
  if (count("cancelled") > 0) {
    return { tone: "warning", text: l10n.t("Cancelled") };
  }
  if (failed === 0 && warned === 0) {
    return { tone: "good", text: l10n.t("All endpoints are healthy: {0}", states.length) };
  }
  return failed > 0
    ? { tone: "bad", text: failedText(states.length, failed, warned) }
    : { tone: "warning", text: l10n.t("{0} endpoints: {1} with warnings", states.length, warned) };
}

function failedText(total: number, failed: number, warned: number): string {
  return warned === 0
    ? l10n.t("{0} endpoints: {1} failed", total, failed)
    : l10n.t("{0} endpoints: {1} failed, {2} with warnings", total, failed, warned);
}
