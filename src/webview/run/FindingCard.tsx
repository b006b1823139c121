import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { FindingView } from "../../shared/runPanel.ts";
import { visibleText } from "../../core/visible.ts";
import { ActionButton } from "./ActionButton.tsx";
import { fixAsk } from "./actions.ts";
import { Evidence } from "./Evidence.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import type { AskState, RunView } from "./state.ts";
import { WireText } from "./WireText.tsx";

interface FindingCardProps {
  readonly finding: FindingView;
  readonly asks: RunView["asks"];
  readonly onFix: (fixId: string) => void;
}

/** One thing that is wrong: what, why, the proof, and what to click. */
export function FindingCard({ finding, asks, onFix }: FindingCardProps): JSX.Element {
  return (
    <article class={`finding finding-${finding.severity}`}>
      <div class="finding-title">
        <Icon name={severityIcons[finding.severity]} />
        <h3>
          <span class="sr-only">{severityLabel(finding.severity)}: </span>
          {visibleText(finding.title)}
        </h3>
        <WireText class="code-name" text={finding.code} />
      </div>
      <p class="finding-explanation">{visibleText(finding.explanation)}</p>
      <Evidence lines={finding.evidence} fold="when-long" />
      {finding.fixes.length > 0 && <Fixes finding={finding} asks={asks} onFix={onFix} />}
    </article>
  );
}

const severityIcons: Readonly<Record<FindingView["severity"], IconName>> = {
  blocker: "failed",
  warning: "warning",
  note: "note",
};

function severityLabel(severity: FindingView["severity"]): string {
  return { blocker: l10n.t("Blocker"), warning: l10n.t("Warning"), note: l10n.t("Note") }[severity];
}

function Fixes({ finding, asks, onFix }: FindingCardProps): JSX.Element {
  const isBusy = Object.entries(asks).some(
    ([name, ask]) => name.startsWith(fixAsk("")) && ask.kind === "waiting",
  );
  const states = finding.fixes.map((fix): AskState | undefined => asks[fixAsk(fix.id)]);
  return (
    <>
      <div class="fixes">
        {finding.fixes.map((fix, index) => (
          <ActionButton
            key={fix.id}
            label={visibleText(fix.label)}
            look={index === 0 && finding.severity === "blocker" ? "primary" : "secondary"}
            state={states[index]}
            availability={isBusy ? "blocked" : "free"}
            onPress={() => onFix(fix.id)}
          />
        ))}
      </div>
      {states.map((state, index) =>
        state?.kind === "refused" ? (
          <p key={index} class="refusal" role="alert">
            {visibleText(state.reason)}
          </p>
        ) : null,
      )}
    </>
  );
}
