/** How a model is asked to go on with an answer that ended for length; every server has its own way, or none. */

import type { ServerId } from "../servers/serverId.ts";
import type { ChatRequest } from "./chatRequest.ts";
import type { WireMessage } from "./wireMessage.ts";

/** The messages with the answer so far as the last one, and the fields of the body that make the server go on from it. */
export function continuation(
  messages: readonly WireMessage[],
  answer: string,
  _server: ServerId | undefined,
): Pick<ChatRequest, "messages" | "extra"> {
  return { messages: [...messages, { role: "assistant", content: answer }], extra: {} };
}
