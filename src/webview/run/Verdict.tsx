import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { RunSnapshot } from "../../shared/runPanel.ts";
import { visibleText } from "../../core/visible.ts";
import { Icon, type IconName } from "../parts/Icon.tsx";
import { phaseOf } from "./phase.ts";

/** How a test ended, or what it is at. */
export function Verdict({ run }: { readonly run: RunSnapshot }): JSX.Element {
  const { verdict } = run;
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
  return (
    <p class="verdict verdict-open">
      <Icon name="running" />
      <span>{progressOf(run)}</span>
    </p>
  );
}

function progressOf({ rungs, tests }: RunSnapshot): string {
  if (tests !== undefined) {
    const ended = tests.filter(({ durationMs }) => durationMs !== undefined).length;
    return l10n.t("Tested {0} of {1} endpoints", ended, tests.length);
  }
  const current = rungs.find((rung) => rung.status === "running");
  return current === undefined ? l10n.t("Testing…") : l10n.t("Testing: {0}", visibleText(current.label));
}

const toneIcons = { good: "passed", warning: "warning", bad: "failed" } as const satisfies Record<
  string,
  IconName
>;
