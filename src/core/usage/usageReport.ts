/** What the audit log adds up to. */

/** Figures of the requests that share something. */
export interface UsageFigures {
  readonly requests: number;
  /** No reply, a status from 400 on, or an error inside a 200. Not what the person stopped. */
  readonly errors: number;
  /** Ended by the person, or because its panel was closed. */
  readonly stopped: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** A model answered them, but no token count came with it: their tokens and their cost are not in the figures. */
  readonly uncounted: number;
  /** Their tokens are known, but not their price. */
  readonly unpriced: number;
  /** Milliseconds from sending to the end of the reply, of requests that ended well; within 1 %. Absent where there is none. */
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly p99Ms?: number;
  /** By currency, of the requests that have tokens and a price. */
  readonly cost: Readonly<Record<string, number>>;
}

export const usageGroupings = ["endpoint", "model", "task", "key", "day"] as const;
export type UsageGrouping = (typeof usageGroupings)[number];

export interface UsageGroup extends UsageFigures {
  /** An id, a model, a task, a key's label or a day (`2026-11-21`); empty for requests that have none. */
  readonly name: string;
  /** `rest`: all names beyond the first 1,000 together. */
  readonly kind: "name" | "rest";
}

export interface UsageReport {
  /** Milliseconds since 1970. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly total: UsageFigures;
  /** Most requests first, days in their order, the rest last. */
  readonly groups: Readonly<Record<UsageGrouping, readonly UsageGroup[]>>;
  /** Status checks in the background that are in none of the figures. */
  readonly leftOut: number;
  /** Lines of the log that could not be read. */
  readonly unreadLines: number;
}
