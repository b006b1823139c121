import * as l10n from "@vscode/l10n";
import type { RunEnd } from "../../shared/runPanel.ts";
import { visibleId } from "../../core/visible.ts";
import { formatDuration, formatNumber } from "../parts/format.ts";

/** What is measured, whatever it is called and however it came about. */
export type MetricId =
  | "first-token"
  | "first-answer-token"
  | "total-time"
  | "tokens-per-second"
  | "time-per-token"
  | "prompt-tokens"
  | "completion-tokens"
  | "reasoning-tokens"
  | "cached-tokens"
  | "gap-mean"
  | "gap-median"
  | "gap-p95"
  | "gap-longest"
  | "lookup"
  | "connect"
  | "tls"
  | "first-byte"
  | "bytes"
  | "finish-reason";

export interface Metric {
  readonly name: string;
  readonly value: string;
  /** How it is measured. */
  readonly definition: string;
}

export interface RunMetric extends Metric {
  readonly id: MetricId;
}

/** In reading order. What was neither measured nor counted is left out; an estimate says that it is one. */
export function metricsOf(
  { usage, estimate, timings, finishReason }: RunEnd,
  locale: string,
): readonly RunMetric[] {
  const duration = (ms: number): string => formatDuration(ms, locale);
  return [
    ...metric(
      "first-token",
      timings?.ttftMs,
      duration,
      l10n.t("First token"),
      l10n.t("Time from sending the request to the first content, reasoning or tool call"),
    ),
    ...(timings?.firstAnswerMs === timings?.ttftMs ? [] : firstAnswerMetric(timings, locale)),
    ...rateMetric(timings, locale),
    ...tokenMetrics(usage ?? {}, locale),
    ...estimateMetrics(estimate, locale),
    ...metric(
      "total-time",
      timings?.endToEndMs,
      duration,
      l10n.t("Total time"),
      l10n.t("Time from sending the request to the end of the reply"),
    ),
    ...metric(
      "finish-reason",
      finishReason,
      visibleId,
      l10n.t("Finish reason"),
      l10n.t(
        "Why the model stopped, in the server's own word: “length” means that the token limit cut the answer",
      ),
    ),
  ];
}

/** Worth its place where it is not the first token of all. */
export function firstAnswerMetric(timings: RunEnd["timings"], locale: string): readonly RunMetric[] {
  return metric(
    "first-answer-token",
    timings?.firstAnswerMs,
    (ms) => formatDuration(ms, locale),
    l10n.t("First answer token"),
    l10n.t("Time from sending the request to the first text of the answer itself, behind the reasoning"),
  );
}

function tokenMetrics(usage: NonNullable<RunEnd["usage"]>, locale: string): readonly RunMetric[] {
  const count = (tokens: number): string => formatNumber(tokens, locale);
  return [
    ...metric(
      "prompt-tokens",
      usage.promptTokens,
      count,
      l10n.t("Prompt tokens"),
      l10n.t("Tokens of the request, as the server counted them"),
    ),
    ...metric(
      "completion-tokens",
      usage.completionTokens,
      count,
      l10n.t("Completion tokens"),
      l10n.t("Tokens of the reply, reasoning included, as the server counted them"),
    ),
    ...metric(
      "reasoning-tokens",
      usage.reasoningTokens,
      count,
      l10n.t("Reasoning tokens"),
      l10n.t("The part of the completion tokens spent on reasoning, as the server counted them"),
    ),
    ...metric(
      "cached-tokens",
      usage.cachedTokens,
      count,
      l10n.t("Cached tokens"),
      l10n.t("The part of the prompt tokens that the server's cache held, as it counted them"),
    ),
  ];
}

function rateMetric(timings: RunEnd["timings"], locale: string): readonly RunMetric[] {
  const format = (rate: number): string => formatNumber(rate, locale, rate < 100 ? 1 : 0);
  const definition = l10n.t(
    "Completion tokens after the first, divided by the time from the first to the end of the reply",
  );
  return timings?.estimated === true
    ? metric(
        "tokens-per-second",
        timings.tokensPerSecond,
        (rate) => `≈ ${format(rate)}`,
        l10n.t("Tokens/s, estimated"),
        `${definition}. ${l10n.t("The server counted no tokens, so their number is estimated.")}`,
      )
    : metric("tokens-per-second", timings?.tokensPerSecond, format, l10n.t("Tokens/s"), definition);
}

function estimateMetrics(estimate: RunEnd["estimate"], locale: string): readonly RunMetric[] {
  if (estimate === undefined) {
    return [];
  }
  const count = (tokens: number): string => `≈ ${formatNumber(tokens, locale)}`;
  const methods: Record<typeof estimate.method, string> = {
    chunks: l10n.t("Estimated: the server counted none, and its chunks look like one token each"),
    characters: l10n.t(
      "Estimated: the server counted none; 1.65 Chinese or 3.5 other characters are taken for a token",
    ),
    share: l10n.t(
      "Estimated: the server's completion tokens, divided as the characters of reasoning and answer are",
    ),
  };
  const method = methods[estimate.method];
  return [
    ...metric(
      "completion-tokens",
      estimate.completionTokens,
      count,
      l10n.t("Completion tokens, estimated"),
      method,
    ),
    ...metric(
      "reasoning-tokens",
      estimate.reasoningTokens,
      count,
      l10n.t("Reasoning tokens, estimated"),
      method,
    ),
  ];
}

/** None for what is not known. */
export function metric<V>(
  id: MetricId,
  value: V | undefined,
  format: (value: V) => string,
  name: string,
  definition: string,
): readonly RunMetric[] {
  return value === undefined || value === "" ? [] : [{ id, name, value: format(value), definition }];
}
