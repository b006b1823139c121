/** The bytes of a run as the page asks for them: in parts, for they may be long. */

import type { WireEvent } from "../core/chat/runWire.ts";

/** Part of a long text, in pages of `core/chat/textPage.ts`. */
export interface TextPage {
  readonly text: string;
  readonly page: number;
  readonly pages: number;
  readonly characters: number;
}

/** An exchange without its bodies. */
export interface WireSummary {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestCharacters: number;
  readonly status?: number;
  readonly replyHeaders: Readonly<Record<string, string>>;
  readonly replyCharacters: number;
  readonly cutCharacters: number;
  readonly fault?: string;
  readonly durationMs: number;
  readonly events: number;
}

export interface EventPage {
  /** How many there are in all that the filter lets through. */
  readonly matching: number;
  /** With their place in the whole stream. */
  readonly events: readonly (WireEvent & { readonly index: number })[];
}

/** Names one body of a run. */
export interface WirePart {
  readonly runId: string;
  readonly exchange: number;
  readonly part: "request" | "reply";
}
