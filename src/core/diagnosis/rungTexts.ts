/** What the rungs and the verdict of a test are called. */

import * as l10n from "@vscode/l10n";

import { describeFinding } from "./findingTexts.ts";
import { failedRung } from "./failedRung.ts";
import type { Report, RungId } from "./report.ts";

export function rungLabel(id: RungId): string {
  const labels: Record<RungId, string> = {
    address: l10n.t("Address"),
    name: l10n.t("Host name"),
    connect: l10n.t("Connection"),
    tls: l10n.t("TLS"),
    http: l10n.t("HTTP"),
    server: l10n.t("Server"),
    health: l10n.t("Health"),
    auth: l10n.t("Key"),
    models: l10n.t("Models"),
    model: l10n.t("Model"),
    chat: l10n.t("Chat"),
    stream: l10n.t("Streaming"),
    thinking: l10n.t("Thinking switch"),
    tools: l10n.t("Tool calls"),
    structured: l10n.t("JSON output"),
    embedding: l10n.t("Embedding"),
    rerank: l10n.t("Rerank"),
  };
  return labels[id];
}

export interface Verdict {
  readonly tone: "good" | "warning" | "bad";
  readonly text: string;
}

/** A test's closing sentence; undefined while it runs. */
export function verdictOf(report: Report): Verdict | undefined {
  if (report.rungs.some(({ status }) => status === "running")) {
    return undefined;
  }
  const [worst] = report.findings;
  switch (report.verdict) {
    case "healthy":
      return { tone: "good", text: healthyText(report.durationMs) };
    case "warnings":
      return {
        tone: "warning",
        text: l10n.t(
          "It answers, with warnings: {0}",
          worst === undefined ? "" : describeFinding(worst.code).title,
        ),
      };
    case "cancelled":
      return { tone: "warning", text: l10n.t("Cancelled") };
    case "failed":
      return { tone: "bad", text: failedText(report) };
  }
}

/** Seconds from one on, as the steps below have them. */
function healthyText(durationMs: number): string {
  return durationMs < 1000
    ? l10n.t("Healthy. Every step passed in {0} ms.", Math.round(durationMs))
    : l10n.t("Healthy. Every step passed in {0} s.", (durationMs / 1000).toFixed(1));
}

function failedText(report: Report): string {
  const rung = failedRung(report);
  const blocker = report.findings.find(({ severity }) => severity === "blocker");
  const title = blocker === undefined ? "" : describeFinding(blocker.code).title;
  return rung === undefined ? title : l10n.t("Stopped at {0}: {1}", rungLabel(rung), title);
}
