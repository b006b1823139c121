import * as l10n from "@vscode/l10n";
import { formatDuration, formatNumber } from "../parts/format.ts";
import { phaseOf } from "./phase.ts";
import type { RunView } from "./state.ts";

/** The time as seen here; for a run older than the page, the tokens; without either, just the name. */
export function reasoningLabel({ snapshot, thinking }: RunView, locale: string): string {
  if (phaseOf(snapshot) === "thinking") {
    return l10n.t("Thinking…");
  }
  if (thinking.sinceMs !== undefined && thinking.untilMs !== undefined) {
    return l10n.t("Thought for {0}", formatDuration(thinking.untilMs - thinking.sinceMs, locale));
  }
  const tokens = snapshot.end?.usage?.reasoningTokens;
  return tokens === undefined
    ? l10n.t("Reasoning")
    : l10n.t("Thought for {0} tokens", formatNumber(tokens, locale));
}
