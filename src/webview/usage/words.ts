/** How the report's names and figures are written for a person. */

import * as l10n from "@vscode/l10n";
import { visibleId } from "../../core/visible.ts";
import type { UsageFigures, UsageGroup, UsageGrouping } from "../../core/usage/usageReport.ts";
import { formatDuration, formatNumber } from "../parts/format.ts";

export function groupingLabel(grouping: UsageGrouping): string {
  const labels: Readonly<Record<UsageGrouping, string>> = {
    endpoint: l10n.t("Endpoint"),
    model: l10n.t("Model"),
    task: l10n.t("Task"),
    key: l10n.t("Key"),
    day: l10n.t("Day"),
  };
  return labels[grouping];
}

/** `other`: words of ours, which stand back; anything else is a name from outside. */
export function groupName(
  grouping: UsageGrouping,
  { name, kind }: Pick<UsageGroup, "name" | "kind">,
  locale: string,
): { readonly text: string; readonly kind: "name" | "other" } {
  if (kind === "rest") {
    return { text: l10n.t("All others"), kind: "other" };
  }
  if (name === "") {
    return { text: l10n.t("(none)"), kind: "other" };
  }
  if (grouping === "day") {
    return { text: formatDay(name, locale), kind: "name" };
  }
  return { text: grouping === "task" ? taskName(name) : visibleId(name), kind: "name" };
}

function taskName(name: string): string {
  const names = new Map([
    ["chat", l10n.t("Chat")],
    ["embedding", l10n.t("Embedding")],
    ["rerank", l10n.t("Rerank")],
    ["generate", l10n.t("Completion")],
    ["models", l10n.t("Models and status")],
    ["other", l10n.t("Other")],
  ]);
  return names.get(name) ?? visibleId(name);
}

/** Of `2026-11-21` or of a month `2026-11`; days have no zone here, so they are written in UTC, as they are read. */
export function formatDay(day: string, locale: string, length: "long" | "short" = "long"): string {
  const isMonth = day.length === 7;
  const at = Date.parse(isMonth ? `${day}-01` : day);
  if (Number.isNaN(at)) {
    return visibleId(day);
  }
  const fields: Intl.DateTimeFormatOptions = isMonth
    ? { year: "numeric", month: "short" }
    : length === "short"
      ? { month: "short", day: "numeric" }
      : { year: "numeric", month: "short", day: "numeric" };
  return new Intl.DateTimeFormat(locale, { ...fields, timeZone: "UTC" }).format(at);
}

export function formatRange(first: string, last: string, locale: string): string {
  const [from, to] = [Date.parse(first), Date.parse(last)];
  const format = new Intl.DateTimeFormat(locale, {
    ...{ year: "numeric", month: "short", day: "numeric" },
    timeZone: "UTC",
  });
  return from <= to ? format.formatRange(from, to) : format.format(to);
}

export function formatCompact(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

export function formatPercent(part: number, whole: number, locale: string): string {
  const digits = { style: "percent", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, digits).format(whole === 0 ? 0 : part / whole);
}

/** Two decimals, and two digits that tell something. */
function formatMoney(amount: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, {
    ...{ style: "currency", currency },
    ...{
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
      minimumSignificantDigits: 2,
      maximumSignificantDigits: 2,
    },
    roundingPriority: "morePrecision",
  }).format(amount);
}

/** With `≥` where requests are missing from it; empty where there is no cost at all. */
export function formatCost({ cost, unpriced, uncounted }: UsageFigures, locale: string): string {
  const amounts = Object.entries(cost).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = amounts.map(([currency, amount]) => formatMoney(amount, currency, locale)).join(" + ");
  return text !== "" && unpriced + uncounted > 0 ? `≥ ${text}` : text;
}

export function formatLatency(durationMs: number | undefined, locale: string): string {
  return durationMs === undefined ? "–" : formatDuration(durationMs, locale);
}

/** A power of ten, or 2 and 5 times one. */
export function formatLatencyTick(durationMs: number, locale: string): string {
  return durationMs < 1_000
    ? l10n.t("{0} ms", formatNumber(durationMs, locale))
    : l10n.t("{0} s", formatNumber(durationMs / 1_000, locale));
}
