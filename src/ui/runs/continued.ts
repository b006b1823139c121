import { continuation } from "../../core/chat/continuation.ts";
import { fieldsOf } from "../../core/chat/fields.ts";
import { textOfMessage } from "../../core/chat/wireMessage.ts";
import type { ServerId } from "../../core/servers/serverId.ts";
import type { ChatAsked, ChatState } from "./chatCourse.ts";
import { draftOfChat } from "./draftOfChat.ts";

/** The same request with the answer so far, for the model that gave it to go on from. An answer that was continued before is one message with what came then. */
export function continued(
  asked: ChatAsked,
  state: Pick<ChatState, "model" | "transcript">,
  server: ServerId | undefined,
): ChatAsked {
  const { answer } = state.transcript;
  const last = asked.messages.at(-1);
  const isPart = last?.role === "assistant" && answer !== "";
  const { messages, extra } = continuation(
    isPart ? asked.messages.slice(0, -1) : asked.messages,
    isPart ? textOfMessage(last) + answer : answer,
    server,
  );
  // Without the fields that only this request needs.
  const draft = draftOfChat(asked, state, "with", server);
  return { ...asked, model: state.model, messages, extra: merged(asked.extra, extra), draft };
}

type Fields = ChatAsked["extra"];

/** One level down where both have an object, as with `chat_template_kwargs`. */
function merged(first: Fields, second: Fields): Fields {
  const over = Object.entries(second).map(([name, value]) => {
    const [before, after] = [fieldsOf(first[name]), fieldsOf(value)];
    return [name, before === undefined || after === undefined ? value : { ...before, ...after }] as const;
  });
  return { ...first, ...Object.fromEntries(over) };
}
