import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { FindingView } from "../../shared/runPanel.ts";
import { visibleText } from "../../core/visible.ts";
import { Evidence, EvidenceLines } from "./Evidence.tsx";
import { Fixes } from "./Fixes.tsx";
import { Icon, type IconName } from "../parts/Icon.tsx";
import type { RunView } from "./state.ts";
import { WireText } from "../parts/WireText.tsx";

interface FindingCardProps {
  readonly finding: FindingView;
  readonly asks: RunView["asks"];
  readonly onFix: (fixId: string) => void;
}

/** One thing that is wrong: what, why, the proof, and what to click. */
export function FindingCard({ finding, asks, onFix }: FindingCardProps): JSX.Element {
  const { sdk = [] } = finding;
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
      {finding.remedy !== undefined && <p class="finding-remedy">{visibleText(finding.remedy)}</p>}
      <Evidence lines={finding.evidence} />
      {sdk.length > 0 && (
        <details class="folded-evidence">
          <summary>{l10n.t("The OpenAI SDK says")}</summary>
          <EvidenceLines lines={sdk} />
        </details>
      )}
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
