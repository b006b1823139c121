/** The bytes of a run, secrets removed: what was sent, what came, and when. */

import type { SdkReading } from "./sdkReading.ts";

/** A request and its reply, in full up to `bodyKept`. */
export interface WireExchange {
  readonly method: string;
  /** Without its query, which may carry a key. */
  readonly url: string;
  /** Secrets masked. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  /** Absent when no status line arrived. */
  readonly status?: number;
  readonly replyHeaders: Readonly<Record<string, string>>;
  readonly replyBody: string;
  /** Characters beyond what is kept. */
  readonly cutCharacters: number;
  /** The code of the fault that ended it. */
  readonly fault?: string;
  readonly durationMs: number;
  /** Events of an event stream in the order of arrival; empty for other replies. */
  readonly events: readonly WireEvent[];
}

/** One event of the stream as it stood there; comments and blank keep-alives are events too. */
export interface WireEvent {
  /** Since the request was sent. */
  readonly atMs: number;
  readonly kind: "data" | "comment" | "end";
  /** The field `event`, where the server sends one. */
  readonly name?: string;
  /** The data, or the comment. */
  readonly text: string;
}

/** What a run keeps to be looked into. */
export interface RunWire {
  exchanges(): readonly WireExchange[];
  /** What the OpenAI SDK makes of the reply, where that differs from what was shown. Undefined where it does not, or was not asked. */
  sdkReading(): Promise<SdkReading | undefined>;
}
