/** A table of the usage report as CSV (RFC 4180), for spreadsheets and programs alike: English names, plain numbers. */

import type { UsageGroup, UsageGrouping } from "./usageReport.ts";

/** With a byte order mark: without it Excel reads Chinese names in the machine's own encoding. */
export function usageCsv(grouping: UsageGrouping, groups: readonly UsageGroup[]): string {
  const currencies = [...new Set(groups.flatMap(({ cost }) => Object.keys(cost)))].sort();
  const header = [
    grouping,
    "requests",
    "errors",
    "stopped",
    "input_tokens",
    "output_tokens",
    "requests_without_token_counts",
    "requests_without_price",
    "p50_ms",
    "p95_ms",
    "p99_ms",
    ...currencies.map((currency) => `cost_${currency}`),
  ];
  const rows = groups.map((group) => [
    group.kind === "rest" ? "(rest)" : group.name,
    group.requests,
    group.errors,
    group.stopped,
    group.inputTokens,
    group.outputTokens,
    group.uncounted,
    group.unpriced,
    rounded(group.p50Ms),
    rounded(group.p95Ms),
    rounded(group.p99Ms),
    ...currencies.map((currency) => group.cost[currency]),
  ]);
  return `\ufeff${[header, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("")}`;
}

/** A tenth of a millisecond is below the error of a percentile. */
function rounded(durationMs: number | undefined): number | undefined {
  return durationMs === undefined ? undefined : Math.round(durationMs * 10) / 10;
}

/** A text that a spreadsheet would take for a formula begins with an apostrophe: model names come from servers. */
function field(value: string | number | undefined): string {
  if (value === undefined) {
    return "";
  }
  if (typeof value === "number") {
    return String(value);
  }
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
