import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { ActionButton } from "../parts/ActionButton.tsx";
import type { AskState } from "../parts/askState.ts";
import { useUnfolding } from "../parts/useUnfolding.ts";

interface ExportButtonProps {
  readonly state: AskState | undefined;
  readonly onTable: () => void;
  readonly onLines: () => void;
}

/** A button that unfolds to what can be written to a file. */
export function ExportButton({ state, onTable, onLines }: ExportButtonProps): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const { isUnfolded, toggle, fold } = useUnfolding(root);
  const choices = [
    { label: l10n.t("This table as CSV"), onPress: onTable },
    { label: l10n.t("Every line of the log"), onPress: onLines },
  ];
  return (
    <div class="copy-report" ref={root}>
      <ActionButton
        label={state?.kind === "done" ? l10n.t("Exported") : l10n.t("Export")}
        icon="export"
        look="secondary"
        state={state}
        unfolds={isUnfolded ? "unfolded" : "folded"}
        onPress={toggle}
      />
      {isUnfolded && (
        <ul class="forms">
          {choices.map(({ label, onPress }) => (
            <li key={label}>
              <ActionButton
                label={label}
                look="quiet"
                onPress={() => {
                  fold();
                  onPress();
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
