/** What the audit log adds up to. */

/** Figures of the requests that share something. Latencies in milliseconds, of requests that ended well; percentiles within 2 %. */
export interface UsageFigures {
  readonly requests: number;
  readonly errors: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly p99Ms?: number;
  /** By currency, of the models that have a price. */
  readonly cost: Readonly<Record<string, number>>;
}

export const usageGroupings = ["endpoint", "model", "task", "key", "day"] as const;
export type UsageGrouping = (typeof usageGroupings)[number];

export interface UsageGroup extends UsageFigures {
  readonly name: string;
}

export interface UsageReport {
  /** Milliseconds since 1970. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly total: UsageFigures;
  /** Most requests first, days in their order. */
  readonly groups: Readonly<Record<UsageGrouping, readonly UsageGroup[]>>;
  /** Lines of the log that could not be read. */
  readonly unreadLines: number;
}
