import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { RunPanelContract } from "../../shared/runPanel.ts";
import type { AskState } from "../parts/askState.ts";
import { UnfoldingButton } from "../parts/UnfoldingButton.tsx";
import type { PageActions } from "./actions.ts";

interface AnswerActionsProps {
  readonly runId: string;
  readonly actions: PageActions;
}

/** Milliseconds for which the button says that it has. */
const confirmationMs = 2_000;

/** Takes the whole answer into the editor. */
export function AnswerActions({ runId, actions }: AnswerActionsProps): JSX.Element {
  const [state, setState] = useState<AskState>();
  useEffect(() => {
    if (state?.kind !== "done") {
      return undefined;
    }
    const timer = setTimeout(() => setState(undefined), confirmationMs);
    return () => clearTimeout(timer);
  }, [state]);
  const put = (into: RunPanelContract["requests"]["answer/put"]["params"]["into"]): void => {
    setState({ kind: "waiting" });
    actions.ask("answer/put", { runId, language: "markdown", into }).then(
      () => setState({ kind: "done" }),
      (error: unknown) =>
        setState({ kind: "refused", reason: error instanceof Error ? error.message : String(error) }),
    );
  };
  return (
    <div class="answer-actions">
      <UnfoldingButton
        label={state?.kind === "done" ? l10n.t("Done") : l10n.t("Use in Editor")}
        icon="into"
        look="quiet"
        side="start"
        state={state}
        choices={[
          { label: l10n.t("Insert at Cursor"), onPress: () => put("cursor") },
          { label: l10n.t("Replace Selection…"), onPress: () => put("selection") },
          { label: l10n.t("Open as Document"), onPress: () => put("document") },
        ]}
      />
      {state?.kind === "refused" && (
        <p class="refusal" role="alert">
          {state.reason}
        </p>
      )}
    </div>
  );
}
