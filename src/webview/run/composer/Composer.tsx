import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { ChatDraft } from "../../../core/chat/chatDraft.ts";
import type { PageActions } from "../actions.ts";
import { ComposerForm } from "./ComposerForm.tsx";

/** Where a new chat is kept until it is sent. */
const slot = "new";

/** A chat request that can still be edited, and is sent from here. */
export function Composer({
  draft,
  actions,
}: {
  readonly draft: ChatDraft;
  readonly actions: PageActions;
}): JSX.Element {
  const opened = useOpened(draft, actions);
  return (
    <div class="column content content-composer">
      <h1>{l10n.t("New chat")}</h1>
      <ComposerForm key={opened} slot={slot} draft={draft} actions={actions} />
    </div>
  );
}

/** Counts drafts. One that brings a conversation takes the place of what was kept; an empty one only names the endpoint. */
function useOpened(draft: ChatDraft, { drafts }: PageActions): number {
  const seen = useRef<{ readonly draft: ChatDraft; readonly count: number } | undefined>(undefined);
  if (seen.current?.draft !== draft) {
    const kept = drafts.get(slot);
    if (draft.messages.length > 0 || draft.system !== "") {
      drafts.remove(slot);
    } else if (kept !== undefined && draft.endpointId !== "") {
      drafts.set(slot, { ...kept, endpointId: draft.endpointId });
    }
    seen.current = { draft, count: (seen.current?.count ?? 0) + 1 };
  }
  return seen.current.count;
}
