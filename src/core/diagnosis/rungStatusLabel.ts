/** What a rung's status is called; apart from the findings' texts, which the page does not need. */

import * as l10n from "@vscode/l10n";

import type { RungStatus } from "./report.ts";

export function rungStatusLabel(status: RungStatus): string {
  const labels: Record<RungStatus, string> = {
    running: l10n.t("running"),
    passed: l10n.t("passed"),
    warned: l10n.t("warning"),
    failed: l10n.t("failed"),
    skipped: l10n.t("does not apply"),
    "not-reached": l10n.t("not reached"),
  };
  return labels[status];
}
