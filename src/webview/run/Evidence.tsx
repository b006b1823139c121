import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { evidenceLine } from "./evidenceLine.ts";

interface EvidenceProps {
  readonly lines: readonly string[];
  readonly fold: "always" | "when-long";
}

const shortLines = 6;
const shortLength = 480;
const mostLines = 400;

/** What was measured, to be read and selected. */
export function Evidence({ lines, fold }: EvidenceProps): JSX.Element | null {
  if (lines.length === 0) {
    return null;
  }
  const isShort = lines.length <= shortLines && lines.join("").length <= shortLength;
  if (fold === "when-long" && isShort) {
    return <EvidenceLines lines={lines} />;
  }
  return (
    <details class="folded-evidence">
      <summary>
        {lines.length === 1 ? l10n.t("Evidence") : l10n.t("Evidence, {0} lines", lines.length)}
      </summary>
      <EvidenceLines lines={lines} />
    </details>
  );
}

/** As lines of one block; beyond some hundred, the first. */
export function EvidenceLines({ lines }: { readonly lines: readonly string[] }): JSX.Element {
  return (
    <pre class="evidence" tabIndex={0} role="group" aria-label={l10n.t("Evidence")}>
      {lines.slice(0, mostLines).map((line, index) => (
        <bdi key={index} class="evidence-line" dir="ltr">
          {evidenceLine(line)}
        </bdi>
      ))}
    </pre>
  );
}
