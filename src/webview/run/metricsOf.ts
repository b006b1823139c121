import * as l10n from "@vscode/l10n";
import type { RunEnd } from "../../shared/runPanel.ts";
import { visibleId } from "../../core/visible.ts";
import { formatDuration, formatNumber } from "../parts/format.ts";

export interface Metric {
  readonly name: string;
  readonly value: string;
  /** How it is measured. */
  readonly definition: string;
}

/** In reading order; what the server did not report is left out, never guessed. */
export function metricsOf({ usage, timings, finishReason }: RunEnd, locale: string): readonly Metric[] {
  const duration = (ms: number): string => formatDuration(ms, locale);
  return [
    ...metric(
      timings?.ttftMs,
      duration,
      l10n.t("First token"),
      l10n.t("Time from sending the request to the first content, reasoning or tool call"),
    ),
    ...metric(
      timings?.tokensPerSecond,
      (rate) => formatNumber(rate, locale, rate < 100 ? 1 : 0),
      l10n.t("Tokens/s"),
      l10n.t("Completion tokens after the first, divided by the time between the first and the last"),
    ),
    ...tokenMetrics(usage ?? {}, locale),
    ...metric(
      timings?.endToEndMs,
      duration,
      l10n.t("Total time"),
      l10n.t("Time from sending the request to the end of the reply"),
    ),
    ...metric(
      finishReason,
      visibleId,
      l10n.t("Finish reason"),
      l10n.t(
        "Why the model stopped, in the server's own word: “length” means that the token limit cut the answer",
      ),
    ),
  ];
}

function tokenMetrics(usage: NonNullable<RunEnd["usage"]>, locale: string): readonly Metric[] {
  const count = (tokens: number): string => formatNumber(tokens, locale);
  return [
    ...metric(
      usage.promptTokens,
      count,
      l10n.t("Prompt tokens"),
      l10n.t("Tokens of the request, as the server counted them"),
    ),
    ...metric(
      usage.completionTokens,
      count,
      l10n.t("Completion tokens"),
      l10n.t("Tokens of the reply, reasoning included, as the server counted them"),
    ),
    ...metric(
      usage.reasoningTokens,
      count,
      l10n.t("Reasoning tokens"),
      l10n.t("The part of the completion tokens spent on reasoning, as the server counted them"),
    ),
  ];
}

function metric<V>(
  value: V | undefined,
  format: (value: V) => string,
  name: string,
  definition: string,
): readonly Metric[] {
  return value === undefined || value === "" ? [] : [{ name, value: format(value), definition }];
}
