import { t } from "@vscode/l10n";
import type { RunEnd } from "../../shared/runPanel.ts";
import { visibleId } from "../visible.ts";
import { formatDuration, formatNumber } from "./format.ts";

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
      t("First token"),
      t("Time from sending the request to the first content, reasoning or tool call"),
    ),
    ...metric(
      timings?.tokensPerSecond,
      (rate) => formatNumber(rate, locale, rate < 100 ? 1 : 0),
      t("Tokens/s"),
      t("Completion tokens after the first, divided by the time between the first and the last"),
    ),
    ...tokenMetrics(usage ?? {}, locale),
    ...metric(
      timings?.endToEndMs,
      duration,
      t("Total time"),
      t("Time from sending the request to the end of the reply"),
    ),
    ...metric(
      finishReason,
      visibleId,
      t("Finish reason"),
      t(
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
      t("Prompt tokens"),
      t("Tokens of the request, as the server counted them"),
    ),
    ...metric(
      usage.completionTokens,
      count,
      t("Completion tokens"),
      t("Tokens of the reply, reasoning included, as the server counted them"),
    ),
    ...metric(
      usage.reasoningTokens,
      count,
      t("Reasoning tokens"),
      t("The part of the completion tokens spent on reasoning, as the server counted them"),
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
