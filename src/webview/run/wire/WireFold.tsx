import * as l10n from "@vscode/l10n";
import type { ComponentChildren, JSX } from "preact";

export type Fold = "folded" | "unfolded";

interface WireFoldProps {
  readonly fold: Fold;
  readonly onFold: (fold: Fold) => void;
  readonly children: ComponentChildren;
}

/** The fold "On the wire". What is in it is drawn, and so asked for, only while it is unfolded. */
export function WireFold({ fold, onFold, children }: WireFoldProps): JSX.Element {
  return (
    <details
      class="wire-fold"
      open={fold === "unfolded"}
      onToggle={({ currentTarget }) => onFold(currentTarget.open ? "unfolded" : "folded")}
    >
      <summary>
        <h2>{l10n.t("On the wire")}</h2>
      </summary>
      {fold === "unfolded" && children}
    </details>
  );
}
