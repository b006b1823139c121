import type { ChatDraft, DraftProblem } from "../../core/chat/chatDraft.ts";
import type { ComposerHandlers } from "./panelDoors.ts";

/** Sends a draft to whom it was sent before: to one, or to all that were compared. */
export function sendDraft(
  draft: ChatDraft,
  composer: Pick<ComposerHandlers, "chat/send" | "chat/compare">,
): Promise<readonly DraftProblem[]> {
  const { endpointId, model, comparedWith = [] } = draft;
  return comparedWith.length === 0
    ? composer["chat/send"]({ draft })
    : composer["chat/compare"]({ draft, targets: [{ endpointId, model }, ...comparedWith] });
}
