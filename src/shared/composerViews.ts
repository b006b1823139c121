/** What the composer is told of endpoints. */

import type { DraftImage, DraftTarget } from "../core/chat/chatDraft.ts";
import type { ParameterSpec, ThinkingChoice } from "../core/servers/chatParameters.ts";

/** An endpoint that a chat can be sent to. */
export interface EndpointChoice {
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
  /** Its configured chat model, or empty. */
  readonly model: string;
}

/** What the composer offers for an endpoint. */
export interface EndpointDescription {
  /** Of the server software or the provider; empty when not known. */
  readonly serverName: string;
  /** As its list of models says; empty where it has none. */
  readonly models: readonly string[];
  readonly parameters: readonly ParameterSpec[];
  /** Empty where the server has no switch. */
  readonly thinking: readonly ThinkingChoice["kind"][];
}

export type CompareTarget = DraftTarget;

/** Images that were taken, and why others were not, a text each. */
export interface AddedImages {
  readonly images: readonly DraftImage[];
  readonly problems: readonly string[];
}
