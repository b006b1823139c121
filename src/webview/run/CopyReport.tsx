import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { ReportFormat } from "../../shared/runPanel.ts";
import { ActionButton } from "../parts/ActionButton.tsx";
import type { AskState } from "../parts/askState.ts";
import { useUnfolding } from "../parts/useUnfolding.ts";

interface CopyReportProps {
  readonly state: AskState | undefined;
  readonly onCopy: (format: ReportFormat) => void;
}

/** A button that unfolds to the forms a report can be copied in. Languages are called by their own names. */
export function CopyReport({ state, onCopy }: CopyReportProps): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const { isUnfolded, toggle, fold } = useUnfolding(root);
  const forms: readonly { readonly format: ReportFormat; readonly label: string; readonly lang?: string }[] =
    [
      { format: "markdown-en", label: "Markdown, English", lang: "en" },
      { format: "markdown-zh-cn", label: "Markdown，中文", lang: "zh-CN" },
      { format: "json", label: "JSON" },
    ];
  return (
    <div class="copy-report" ref={root}>
      <ActionButton
        label={state?.kind === "done" ? l10n.t("Copied") : l10n.t("Copy report")}
        icon="copy"
        look="secondary"
        state={state}
        unfolds={isUnfolded ? "unfolded" : "folded"}
        onPress={toggle}
      />
      {isUnfolded && (
        <ul class="forms">
          {forms.map(({ format, label, lang }) => (
            <li key={format} lang={lang}>
              <ActionButton
                label={label}
                look="quiet"
                onPress={() => {
                  fold();
                  onCopy(format);
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
