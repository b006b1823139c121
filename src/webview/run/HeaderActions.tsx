import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { ActionButton } from "../parts/ActionButton.tsx";
import type { PageActions } from "./actions.ts";
import { CompareCopy } from "./compare/CompareCopy.tsx";
import { CopyReport } from "./CopyReport.tsx";
import { isRunning } from "./phase.ts";
import type { RunView } from "./state.ts";

interface HeaderActionsProps {
  readonly run: RunView;
  readonly actions: PageActions;
}

/** What can be done with the run as a whole. */
export function HeaderActions({ run, actions }: HeaderActionsProps): JSX.Element {
  const { stop, again, copy } = run.asks;
  const { kind } = run.snapshot.head;
  return (
    <>
      {isRunning(run.snapshot) ? (
        <ActionButton label={l10n.t("Stop")} icon="stop" look="primary" state={stop} onPress={actions.stop} />
      ) : (
        <ActionButton
          label={kind === "test" || kind === "tests" ? l10n.t("Test again") : l10n.t("Again")}
          icon="again"
          look="secondary"
          state={again}
          onPress={actions.again}
        />
      )}
      {kind === "test" && !isRunning(run.snapshot) && <CopyReport state={copy} onCopy={actions.copyReport} />}
      {kind === "compare" && !isRunning(run.snapshot) && <CompareCopy run={run} actions={actions} />}
      {hasContent(run) && (
        <ActionButton
          label={copy?.kind === "done" ? l10n.t("Copied") : l10n.t("Copy")}
          icon="copy"
          look="secondary"
          state={copy}
          onPress={actions.copy}
        />
      )}
    </>
  );
}

/** Is there anything that Copy would copy? */
function hasContent({ snapshot }: RunView): boolean {
  const { kind } = snapshot.head;
  return kind === "chat" ? snapshot.answer !== "" : kind === "embedding" && snapshot.vector !== undefined;
}
