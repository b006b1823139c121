import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ChatDraft } from "../../../core/chat/chatDraft.ts";
import { visibleText } from "../../../core/visible.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import type { AskState } from "../../parts/askState.ts";
import type { PageActions } from "../actions.ts";
import { ComposerForm } from "../composer/ComposerForm.tsx";
import { draftOf } from "../composer/form.ts";
import { reasonOf } from "../composer/useComposer.ts";
import type { RunView } from "../state.ts";

interface EditComparisonProps {
  readonly run: RunView;
  readonly actions: PageActions;
}

/** Below a comparison: the same request to the same models, to be edited and sent again. */
export function EditComparison({ run, actions }: EditComparisonProps): JSX.Element {
  const { runId } = run.snapshot.head;
  const slot = `edit ${runId}`;
  const [draft, setDraft] = useState(() => leftOpen(slot, actions));
  const [state, setState] = useState<AskState>();
  const edit = (): void => {
    setState({ kind: "waiting" });
    actions.ask("draft/of", { runId, answer: "without" }).then(
      (asked) => {
        setState(undefined);
        setDraft(asked);
      },
      (error: unknown) => setState({ kind: "refused", reason: reasonOf(error) }),
    );
  };
  if (draft === undefined) {
    return (
      <div class="send-row">
        <ActionButton label={l10n.t("Edit request")} look="secondary" state={state} onPress={edit} />
        {state?.kind === "refused" && (
          <p class="problem" role="alert">
            {visibleText(state.reason)}
          </p>
        )}
      </div>
    );
  }
  return (
    <section class="follow-up">
      <h2>{l10n.t("Edit request")}</h2>
      <ComposerForm slot={slot} draft={draft} actions={actions}>
        <ActionButton label={l10n.t("Fold")} look="quiet" onPress={() => setDraft(undefined)} />
      </ComposerForm>
    </section>
  );
}

/** Someone has begun to edit here, then looked at another run; the form takes up what was kept. */
function leftOpen(slot: string, { drafts }: PageActions): ChatDraft | undefined {
  const form = drafts.get(slot);
  return form === undefined ? undefined : draftOf(form, () => undefined);
}
