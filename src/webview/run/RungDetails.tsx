import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { RungView } from "../../shared/runPanel.ts";
import { EvidenceLines } from "./Evidence.tsx";
import { Exchange } from "./Exchange.tsx";
import { WireText } from "../parts/WireText.tsx";

interface RungDetailsProps {
  readonly rung: RungView;
  readonly onCopy: (text: string) => Promise<void>;
}

/** What a rung unfolds to: what was measured, what was tried to find the fix, and the bytes of it. */
export function RungDetails({ rung, onCopy }: RungDetailsProps): JSX.Element {
  const { evidence, variations, exchanges } = rung;
  return (
    <div class="rung-details">
      {evidence.length > 0 && <EvidenceLines lines={evidence} />}
      {variations.length > 0 && <Variations variations={variations} />}
      {exchanges.length > 0 && (
        <section>
          <h3>{l10n.t("Requests")}</h3>
          <ul class="exchanges">
            {exchanges.map((exchange, index) => (
              <li key={index}>
                <Exchange exchange={exchange} onCopy={onCopy} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

export function hasDetails({ evidence, variations, exchanges }: RungView): boolean {
  return evidence.length + variations.length + exchanges.length > 0;
}

function Variations({ variations }: Pick<RungView, "variations">): JSX.Element {
  return (
    <section>
      <h3>{l10n.t("Tried to find the fix")}</h3>
      <ul class="variations">
        {variations.map(({ what, outcome, worked }, index) => (
          <li key={index} class={`variation variation-${worked}`}>
            <span class="variation-mark" aria-hidden="true">
              {worked === "yes" ? "✔" : "✘"}
            </span>
            <span>
              <span class="sr-only">{worked === "yes" ? l10n.t("worked:") : l10n.t("did not work:")} </span>
              <WireText text={what} /> <span class="variation-arrow">→</span> <WireText text={outcome} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
