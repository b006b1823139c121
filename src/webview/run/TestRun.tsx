import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { RunSnapshot } from "../../shared/runPanel.ts";
import { visibleText } from "../../core/visible.ts";
import type { PageActions } from "./actions.ts";
import { Findings } from "./Findings.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import { Ladder } from "./Ladder.tsx";
import { phaseOf } from "./phase.ts";
import type { RunView } from "./state.ts";

/** A test as it climbs: the verdict, the rungs, and beside them what is wrong. */
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
      <div class="test">
        <section class="rungs">
          <h2>{l10n.t("Steps")}</h2>
          <Ladder rungs={run.snapshot.rungs} />
        </section>
        <Findings run={run} actions={actions} />
      </div>
    </>
  );
}

function Verdict({ run }: { readonly run: RunSnapshot }): JSX.Element {
  const { verdict, rungs } = run;
  if (verdict !== undefined) {
    return (
      <p class={`verdict verdict-${verdict.tone}`}>
        <Icon name={toneIcons[verdict.tone]} />
        <span>{visibleText(verdict.text)}</span>
      </p>
    );
  }
  if (phaseOf(run) !== "testing") {
    return (
      <p class="verdict">
        <Icon name="skipped" />
        <span>{l10n.t("Stopped before the end")}</span>
      </p>
    );
  }
  const current = rungs.find((rung) => rung.status === "running");
  return (
    <p class="verdict verdict-open">
      <Icon name="running" />
      <span>
        {current === undefined ? l10n.t("Testing…") : l10n.t("Testing: {0}", visibleText(current.label))}
      </span>
    </p>
  );
}

const toneIcons = { good: "passed", warning: "warning", bad: "failed" } as const satisfies Record<
  string,
  IconName
>;
