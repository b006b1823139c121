import type { JSX } from "preact";
import type { ChatDraft } from "../../../core/chat/chatDraft.ts";
import type { PageActions } from "../actions.ts";

/** A chat request that can still be edited, and is sent from here. */
export function Composer(_props: {
  readonly draft: ChatDraft;
  readonly actions: PageActions;
}): JSX.Element | null {
  return null;
}
