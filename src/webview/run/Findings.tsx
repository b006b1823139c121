import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { PageActions } from "./actions.ts";
import { FindingCard } from "./FindingCard.tsx";
import type { RunView } from "./state.ts";

/** What is wrong with a run, worst first as the host sends it. One fix is applied at a time. */
export function Findings({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element | null {
  const { findings } = run.snapshot;
  if (findings.length === 0) {
    return null;
  }
  return (
    <section class="findings">
      <h2>{l10n.t("Findings")}</h2>
      {findings.map((finding, index) => (
        <FindingCard
          key={`${finding.code} ${index}`}
          finding={finding}
          asks={run.asks}
          onFix={actions.applyFix}
        />
      ))}
    </section>
  );
}
