/** The bytes of a run as the page asks for them: in parts, for they may be long. */

/** An exchange without its bodies. */
export interface WireSummary {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestCharacters: number;
  /** Characters of the request that are not kept. */
  readonly requestCut: number;
  readonly status?: number;
  readonly replyHeaders: Readonly<Record<string, string>>;
  readonly replyCharacters: number;
  /** Bytes of the reply that are not kept. */
  readonly replyCut: number;
  readonly fault?: string;
  readonly durationMs: number;
  readonly events: number;
}

/** Names one body of a run. */
export interface WirePart {
  readonly runId: string;
  readonly exchange: number;
  readonly part: "request" | "reply";
}
