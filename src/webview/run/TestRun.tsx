import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { PageActions } from "./actions.ts";
import { Findings } from "./Findings.tsx";
import { Ladder } from "./Ladder.tsx";
import type { RunView } from "./state.ts";
import { Verdict } from "./Verdict.tsx";

/** A test as it climbs: the verdict, what is wrong, and the rungs. */
export function TestRun({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element {
  return (
    <>
      <Verdict run={run.snapshot} />
      <Findings run={run} actions={actions} />
      <section class="rungs">
        <h2>{l10n.t("Steps")}</h2>
        <Ladder rungs={run.snapshot.rungs} onCopy={actions.copyCode} />
      </section>
    </>
  );
}
