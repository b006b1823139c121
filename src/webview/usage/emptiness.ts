import * as l10n from "@vscode/l10n";
import type { UsageView } from "../../shared/usagePanel.ts";
import { chosenReport, type Choice } from "./state.ts";

/** Why there is nothing to show, and what can be done about it. */
export interface Emptiness {
  readonly title: string;
  readonly text: string;
  readonly offer?: "turn-on-log" | "count-checks" | "read-all";
}

export function emptiness(view: UsageView, choice: Choice): Emptiness | undefined {
  if (chosenReport(view, choice).total.requests > 0) {
    return undefined;
  }
  if (view.all.total.requests > 0) {
    return {
      title: l10n.t("Only status checks in this time"),
      text: l10n.t("The extension has only asked in the background whether the endpoints are there."),
      offer: "count-checks",
    };
  }
  if (view.log === "off") {
    return {
      title: l10n.t("The audit log is off"),
      text: l10n.t("The report is made from the audit log, which notes every request on this machine."),
      offer: "turn-on-log",
    };
  }
  if (view.range !== "all") {
    return {
      title: l10n.t("Nothing was logged in these {0} days", view.range),
      text: l10n.t("Requests that the extension sends are noted in the audit log on this machine."),
      offer: "read-all",
    };
  }
  return {
    title: l10n.t("Nothing was logged yet"),
    text: l10n.t("Test an endpoint or ask a model, then refresh: every request is noted in the audit log."),
  };
}
