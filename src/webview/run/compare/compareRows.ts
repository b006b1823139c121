import type { RunTimings } from "../../../core/chat/timings.ts";
import type { RunEnd, RunSnapshot } from "../../../shared/runPanel.ts";
import { firstAnswerMetric, type MetricId, metricsOf, type RunMetric } from "../metricsOf.ts";
import { paceMetrics } from "../paceMetrics.ts";

/** A figure of all columns. */
export interface CompareRow {
  readonly id: MetricId;
  readonly name: string;
  readonly definition: string;
  /** In the order of the columns. */
  readonly cells: readonly CompareCell[];
}

export type CompareCell =
  | {
      readonly kind: "value";
      readonly value: string;
      readonly definition: string;
      readonly mark?: "best";
    }
  /** Neither measured nor counted. */
  | { readonly kind: "missing" }
  | { readonly kind: "running" };

/** In reading order; a row that nobody has is left out. */
const shown: readonly MetricId[] = [
  "first-token",
  "first-answer-token",
  "total-time",
  "tokens-per-second",
  "time-per-token",
  "completion-tokens",
  "reasoning-tokens",
  "prompt-tokens",
  "cached-tokens",
  "gap-p95",
  "gap-longest",
  "first-byte",
  "bytes",
  "finish-reason",
];

export function compareRows(columns: readonly RunSnapshot[], locale: string): readonly CompareRow[] {
  const figures = columns.map(({ end }) => (end === undefined ? undefined : figuresOf(end, locale)));
  return shown.flatMap((id) => {
    const metrics = figures.map((each) => each?.get(id));
    const named = metrics.find((each) => each?.value.startsWith("≈") === false) ?? metrics.find(Boolean);
    const best = bestOf(id, columns);
    const cells = metrics.map((metric, index): CompareCell => {
      if (metric === undefined) {
        return { kind: columns[index]?.end === undefined ? "running" : "missing" };
      }
      const { value, definition } = metric;
      return { kind: "value", value, definition, ...(best.has(index) ? { mark: "best" } : {}) };
    });
    return named === undefined ? [] : [{ id, name: named.name, definition: named.definition, cells }];
  });
}

function figuresOf(end: RunEnd, locale: string): ReadonlyMap<MetricId, RunMetric> {
  // Beside one that reasoned, the one that did not is told by the same figure.
  const all = [
    ...firstAnswerMetric(end.timings, locale),
    ...metricsOf(end, locale),
    ...paceMetrics(end.timings, locale),
  ];
  return new Map(all.map((metric) => [metric.id, metric]));
}

interface Contest {
  readonly wins: "lowest" | "highest";
  readonly amount: (timings: RunTimings) => number | undefined;
  /** Rests on the number of tokens, which may be an estimate. */
  readonly on?: "tokens";
}

/** Figures of which less or more is better whatever was answered. */
const contests: Partial<Readonly<Record<MetricId, Contest>>> = {
  "first-token": { wins: "lowest", amount: ({ ttftMs }) => ttftMs },
  "first-answer-token": { wins: "lowest", amount: ({ firstAnswerMs }) => firstAnswerMs },
  "total-time": { wins: "lowest", amount: ({ endToEndMs }) => endToEndMs },
  "tokens-per-second": { wins: "highest", amount: ({ tokensPerSecond }) => tokensPerSecond, on: "tokens" },
  "time-per-token": { wins: "lowest", amount: ({ tpotMs }) => tpotMs, on: "tokens" },
  "gap-p95": { wins: "lowest", amount: ({ gaps }) => gaps?.p95Ms },
  "gap-longest": { wins: "lowest", amount: ({ gaps }) => gaps?.maxMs },
  "first-byte": { wins: "lowest", amount: ({ connection }) => connection?.waitingMs },
};

/** The columns with the best value. Only of those that finished, when all have ended; nobody wins alone, level with all, or against an estimate. */
function bestOf(id: MetricId, columns: readonly RunSnapshot[]): ReadonlySet<number> {
  const contest = contests[id];
  const finished = columns.flatMap(({ end }, index) =>
    end?.state === "finished" && end.timings !== undefined ? [{ index, timings: end.timings }] : [],
  );
  const isOpen = columns.some(({ end }) => end === undefined);
  const isGuessed = contest?.on === "tokens" && finished.some(({ timings }) => timings.estimated === true);
  if (contest === undefined || isOpen || isGuessed) {
    return new Set();
  }
  const amounts = finished.flatMap(({ index, timings }) => {
    const amount = contest.amount(timings);
    return amount === undefined ? [] : [{ index, amount }];
  });
  const values = amounts.map(({ amount }) => amount);
  const best = contest.wins === "lowest" ? Math.min(...values) : Math.max(...values);
  const winners = amounts.filter(({ amount }) => amount === best);
  return new Set(winners.length < amounts.length ? winners.map(({ index }) => index) : []);
}
