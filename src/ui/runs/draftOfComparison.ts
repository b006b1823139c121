import type { ChatDraft, DraftTarget } from "../../core/chat/chatDraft.ts";
import type { ServerId } from "../../core/servers/serverId.ts";
import type { ChatAsked, ChatState } from "./chatCourse.ts";
import { draftOfChat, modelToGoOnWith } from "./draftOfChat.ts";

interface Compared {
  readonly asked: ChatAsked;
  readonly state: Pick<ChatState, "model" | "transcript">;
}

/** What the composer opens with to compare the same anew: what the first was asked, and whom it was compared with. `server`: that of the first. */
export function draftOfComparison(
  [first, ...others]: readonly [Compared, ...Compared[]],
  server: ServerId | undefined,
): ChatDraft {
  return {
    ...draftOfChat(first.asked, first.state, "without", server),
    comparedWith: others.map(targetOf),
  };
}

function targetOf({ asked, state }: Compared): DraftTarget {
  return {
    endpointId: asked.endpoint.id,
    model: modelToGoOnWith(asked.model ?? "", asked.endpoint, state.model),
  };
}
