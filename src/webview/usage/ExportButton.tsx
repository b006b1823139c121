import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { AskState } from "../parts/askState.ts";
import { UnfoldingButton } from "../parts/UnfoldingButton.tsx";

interface ExportButtonProps {
  readonly state: AskState | undefined;
  readonly onTable: () => void;
  readonly onLines: () => void;
}

/** What can be written to a file. */
export function ExportButton({ state, onTable, onLines }: ExportButtonProps): JSX.Element {
  return (
    <UnfoldingButton
      label={state?.kind === "done" ? l10n.t("Exported") : l10n.t("Export")}
      icon="export"
      state={state}
      choices={[
        { label: l10n.t("This table as CSV"), onPress: onTable },
        { label: l10n.t("Every line of the log"), onPress: onLines },
      ]}
    />
  );
}
