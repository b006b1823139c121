/** What the composer holds: a chat request that a person can still edit. Plain JSON, so that it can be posted and kept. */

import type { ThinkingChoice } from "../servers/chatParameters.ts";
import { textOfMessage, type WireMessage } from "./wireMessage.ts";

export interface ChatDraft {
  readonly endpointId: string;
  /** Empty: the endpoint's own, found out when it is sent. */
  readonly model: string;
  readonly system: string;
  /** Oldest first. */
  readonly messages: readonly DraftMessage[];
  /** By the name on the wire (`max_tokens`); what is absent is not sent. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Absent: nothing is said about it, and the server does what it does. */
  readonly thinking?: ThinkingChoice;
  /** A JSON object as it was typed, merged into the top level of the body; empty for none. */
  readonly extra: string;
  /** Of a comparison: whom else to ask the same. */
  readonly comparedWith?: readonly DraftTarget[];
}

export interface DraftTarget {
  readonly endpointId: string;
  /** Empty: the endpoint's own. */
  readonly model: string;
}

export interface DraftMessage {
  readonly role: "user" | "assistant" | "tool";
  readonly text: string;
  readonly images: readonly DraftImage[];
  /** What else the message carried when it came as JSON, such as `tool_calls`. */
  readonly rest?: Readonly<Record<string, unknown>>;
}

/** An image that the extension holds under this id; the page never has its bytes. */
export interface DraftImage {
  readonly id: string;
  readonly name: string;
  /** `image/png` and the like. */
  readonly mime: string;
  readonly bytes: number;
}

/** What is wrong with a draft, where, and what to do. */
export interface DraftProblem {
  /** A parameter's name, `extra`, `endpoint`, `model`, `messages` or `images`. */
  readonly where: string;
  readonly text: string;
}

/** The part of a draft that an answered or edited conversation becomes. Images and lists of parts stay in `rest.content`. */
export function draftMessages(messages: readonly WireMessage[]): Pick<ChatDraft, "system" | "messages"> {
  const isSystem = ({ role }: WireMessage): boolean => role === "system" || role === "developer";
  return {
    system: messages.filter(isSystem).map(textOfMessage).join("\n\n"),
    messages: messages.filter((each) => !isSystem(each)).map(draftMessage),
  };
}

function draftMessage(message: WireMessage): DraftMessage {
  const { role, content, ...others } = message;
  const rest = typeof content === "string" ? others : { ...others, content };
  return {
    role: role === "assistant" || role === "tool" ? role : "user",
    text: textOfMessage(message),
    images: [],
    ...(Object.keys(rest).length === 0 ? {} : { rest }),
  };
}
