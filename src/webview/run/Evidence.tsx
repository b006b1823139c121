import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { evidenceLine } from "./evidenceLine.ts";

const mostLines = 400;

/** What was measured, to be unfolded, read and selected. */
export function Evidence({ lines }: { readonly lines: readonly string[] }): JSX.Element | null {
  if (lines.length === 0) {
    return null;
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
