import * as l10n from "@vscode/l10n";
import type { RunRow } from "../../../shared/runPanel.ts";
import type { IconName } from "../../parts/Icon.tsx";

/** Who was asked. Where nothing was, the endpoint is the title already. */
export function originOf({ kind, title, endpointName, model }: RunRow): string {
  return [title === endpointName ? kindLabel(kind) : endpointName, model]
    .filter((part) => part !== "")
    .join(" · ");
}

export const stateIcons: Readonly<Record<RunRow["state"], IconName>> = {
  running: "running",
  finished: "passed",
  warnings: "warning",
  stopped: "skipped",
  failed: "failed",
};

export function stateLabel(state: RunRow["state"]): string {
  const labels: Record<RunRow["state"], string> = {
    running: l10n.t("Running"),
    finished: l10n.t("Finished"),
    warnings: l10n.t("Warnings"),
    stopped: l10n.t("Stopped"),
    failed: l10n.t("Failed"),
  };
  return labels[state];
}

export function kindLabel(kind: RunRow["kind"]): string {
  const labels: Record<RunRow["kind"], string> = {
    chat: l10n.t("Chat"),
    compare: l10n.t("Comparison"),
    embedding: l10n.t("Embedding"),
    test: l10n.t("Test"),
    tests: l10n.t("Tests of all endpoints"),
  };
  return labels[kind];
}
