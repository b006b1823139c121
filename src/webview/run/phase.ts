import * as l10n from "@vscode/l10n";
import type { RunSnapshot } from "../../shared/runPanel.ts";
import { visibleText } from "../../core/visible.ts";
import { formatNumber } from "../parts/format.ts";

/** What a run is doing, in one word. */
export type RunPhase =
  "waiting" | "thinking" | "answering" | "testing" | "finished" | "warnings" | "stopped" | "failed";

export function phaseOf(run: RunSnapshot): RunPhase {
  if (run.end !== undefined && run.end.state !== "finished") {
    return run.end.state;
  }
  if (run.verdict !== undefined) {
    return ({ good: "finished", warning: "warnings", bad: "failed" } as const)[run.verdict.tone];
  }
  if (run.end !== undefined) {
    return "finished";
  }
  if (run.head.kind === "test" || run.head.kind === "tests") {
    return "testing";
  }
  if (run.head.kind === "compare") {
    return "answering";
  }
  if (run.answer !== "" || run.toolCalls !== undefined) {
    return "answering";
  }
  return run.reasoning === "" ? "waiting" : "thinking";
}

export function isRunning(run: RunSnapshot): boolean {
  return ["waiting", "thinking", "answering", "testing"].includes(phaseOf(run));
}

export function phaseLabel(phase: RunPhase): string {
  const labels: Record<RunPhase, string> = {
    waiting: l10n.t("Waiting"),
    thinking: l10n.t("Thinking"),
    answering: l10n.t("Answering"),
    testing: l10n.t("Testing"),
    finished: l10n.t("Finished"),
    warnings: l10n.t("Warnings"),
    stopped: l10n.t("Stopped"),
    failed: l10n.t("Failed"),
  };
  return labels[phase];
}

/** What a screen reader hears when a run begins, turns from thinking to answering, and ends. Never the tokens. */
export function announcementOf(run: RunSnapshot, locale: string): string {
  if (run.verdict !== undefined) {
    return visibleText(run.verdict.text);
  }
  const phase = phaseOf(run);
  const label = phaseLabel(phase);
  if (phase === "failed") {
    return run.findings[0] === undefined ? label : l10n.t("Failed: {0}", visibleText(run.findings[0].title));
  }
  if (phase === "finished" && run.vector !== undefined) {
    return l10n.t("Finished: {0} dimensions", formatNumber(run.vector.dimensions, locale));
  }
  if (phase === "finished" && run.head.kind === "compare") {
    return l10n.t("The comparison is complete.");
  }
  return phase === "finished" && run.head.kind === "chat" ? l10n.t("The answer is complete.") : label;
}
