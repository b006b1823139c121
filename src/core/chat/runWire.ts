/** The bytes of a run, secrets removed: what was sent, what came, and when. */

import type { SdkReading } from "./sdkReading.ts";

/** Bytes that all runs of a window keep together. */
export const wiresKept = 64 * 1024 * 1024;

/** A request and its reply. What a run keeps of all bodies is limited. */
export interface WireExchange {
  readonly method: string;
  /** Without its query, which may carry a key. */
  readonly url: string;
  /** Secrets masked. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  /** Characters of the request that are not kept. */
  readonly requestCut: number;
  /** Undefined when no status line arrived. */
  readonly status: number | undefined;
  readonly replyHeaders: Readonly<Record<string, string>>;
  readonly replyBody: string;
  /** Bytes of the reply that are not kept. */
  readonly replyCut: number;
  /** The code of the fault that ended it. */
  readonly fault: string | undefined;
  /** So far, while it goes on. */
  readonly durationMs: number;
  /** Events of an event stream in the order of arrival; empty for other replies. */
  readonly events: readonly WireEvent[];
}

/** One event of the stream as it stood there; comments and blank keep-alives are events too. */
export interface WireEvent {
  /** From the sending of the request to the read that completed it. */
  readonly atMs: number;
  /** `end`: the server closed the stream, or a fault did. Not there where we had read enough. */
  readonly kind: "data" | "comment" | "end";
  /** The field `event`, where the server sends one. */
  readonly name?: string;
  /** The data, the comment, or the code of the fault. */
  readonly text: string;
}

/** What a run keeps to be looked into. */
export interface RunWire {
  exchanges(): readonly WireExchange[];
  /** How much of it there is. */
  bytes(): number;
  /** Lets go of all of it, for good. */
  drop(): void;
  /** What the OpenAI SDK makes of the reply, where that differs from what was shown. Undefined where it does not, or was not asked. */
  sdkReading(): Promise<SdkReading | undefined>;
}
