import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ChatDraft, DraftProblem } from "../../../core/chat/chatDraft.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import type { PageActions } from "../actions.ts";
import type { RunView } from "../state.ts";
import { ComposerForm } from "./ComposerForm.tsx";
import { draftOf, type Form } from "./form.ts";
import { Reply } from "./Reply.tsx";

/** What is unfolded below an answer. */
interface Unfolded {
  readonly slot: string;
  readonly title: string;
  readonly draft: ChatDraft;
  readonly problems: readonly DraftProblem[];
}

/** Below an answer: what to ask next, or the same request to be edited and sent again. */
export function FollowUp({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element | null {
  const { runId } = run.snapshot.head;
  const [unfolded, setUnfolded] = useState<Unfolded | undefined>(() => leftOpen(runId, actions));
  const replyWith = (draft: ChatDraft, problems: readonly DraftProblem[]): void =>
    setUnfolded({ slot: slots(runId).reply, title: l10n.t("Your reply"), draft, problems });
  const edit = (draft: ChatDraft): void =>
    setUnfolded({ slot: slots(runId).edit, title: l10n.t("Edit request"), draft, problems: [] });
  return (
    <section class="follow-up">
      <h2>{unfolded?.title ?? l10n.t("Your reply")}</h2>
      {unfolded === undefined ? (
        <Reply run={run} actions={actions} onUnfold={replyWith} onEdit={edit} />
      ) : (
        <ComposerForm
          key={unfolded.slot}
          slot={unfolded.slot}
          draft={unfolded.draft}
          problems={unfolded.problems}
          actions={actions}
        >
          <ActionButton label={l10n.t("Fold")} look="quiet" onPress={() => setUnfolded(undefined)} />
        </ComposerForm>
      )}
    </section>
  );
}

function slots(runId: string): { readonly edit: string; readonly reply: string } {
  return { edit: `edit ${runId}`, reply: `reply ${runId}` };
}

/** Someone has begun to edit here, then looked at another run. */
function leftOpen(runId: string, { drafts }: PageActions): Unfolded | undefined {
  const { edit, reply } = slots(runId);
  const open = (slot: string, title: string, form: Form): Unfolded => ({
    ...{ slot, title, problems: [] },
    draft: draftOf(form, () => undefined),
  });
  const [edited, replied] = [drafts.get(edit), drafts.get(reply)];
  if (edited !== undefined) {
    return open(edit, l10n.t("Edit request"), edited);
  }
  return replied === undefined ? undefined : open(reply, l10n.t("Your reply"), replied);
}
