import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { ReportFormat } from "../../shared/runPanel.ts";
import type { AskState } from "../parts/askState.ts";
import { UnfoldingButton } from "../parts/UnfoldingButton.tsx";

interface CopyReportProps {
  readonly state: AskState | undefined;
  readonly onCopy: (format: ReportFormat) => void;
}

/** The forms a report can be copied in. Languages are called by their own names. */
export function CopyReport({ state, onCopy }: CopyReportProps): JSX.Element {
  return (
    <UnfoldingButton
      label={state?.kind === "done" ? l10n.t("Copied") : l10n.t("Copy report")}
      icon="copy"
      state={state}
      choices={[
        { label: "Markdown, English", lang: "en", onPress: () => onCopy("markdown-en") },
        { label: "Markdown，中文", lang: "zh-CN", onPress: () => onCopy("markdown-zh-cn") },
        { label: "JSON", onPress: () => onCopy("json") },
      ]}
    />
  );
}
