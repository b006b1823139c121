import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { pageLocale } from "../../parts/pageLocale.ts";
import type { PageActions } from "../actions.ts";
import { CopyText } from "../CopyText.tsx";
import type { RunView } from "../state.ts";
import { comparisonText } from "./comparisonText.ts";

export function CopyComparison({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element {
  const copy = (): Promise<void> =>
    actions.copyCode(
      comparisonText(
        (run.columns ?? []).map(({ snapshot }) => snapshot),
        pageLocale(),
      ),
    );
  return <CopyText label={l10n.t("Copy")} text="" look="secondary" onCopy={copy} />;
}
