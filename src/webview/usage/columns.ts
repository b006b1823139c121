import * as l10n from "@vscode/l10n";
import type { SortColumn } from "../../core/usage/sortGroups.ts";
import type { UsageFigures, UsageGroup } from "../../core/usage/usageReport.ts";
import { formatNumber } from "../parts/format.ts";
import { formatCost, formatLatency } from "./words.ts";

export interface Column {
  readonly column: SortColumn;
  readonly label: string;
  readonly definition?: string;
  /** Absent for the name. `quiet`: there is nothing in it. */
  readonly cell?: (
    group: UsageGroup,
    locale: string,
  ) => { readonly text: string; readonly tone?: "quiet" | "bad" };
}

/** Columns that would be empty from top to bottom are left out. */
export function columnsOf(nameLabel: string, total: UsageFigures): readonly Column[] {
  const latency = l10n.t("From sending to the end of the reply, of requests that ended well; within 1%.");
  const cost = l10n.t("≥: without requests that have no price or no token counts.");
  return [
    { column: "name", label: nameLabel },
    count("requests", l10n.t("Requests")),
    count("errors", l10n.t("Errors")),
    ...(total.stopped > 0 ? [count("stopped", l10n.t("Stopped"))] : []),
    count("inputTokens", l10n.t("Input tokens")),
    count("outputTokens", l10n.t("Output tokens")),
    ...(total.p50Ms === undefined
      ? []
      : [percentile("p50Ms", latency), percentile("p95Ms", latency), percentile("p99Ms", latency)]),
    ...(Object.keys(total.cost).length === 0 ? [] : [costs(l10n.t("Cost"), cost)]),
  ];
}

type CountColumn = "requests" | "errors" | "stopped" | "inputTokens" | "outputTokens";

function count(column: CountColumn, label: string): Column {
  return {
    column,
    label,
    cell: (group, locale) => {
      const text = formatNumber(group[column], locale);
      if (group[column] === 0) {
        return { text, tone: "quiet" };
      }
      return column === "errors" ? { text, tone: "bad" } : { text };
    },
  };
}

function percentile(column: "p50Ms" | "p95Ms" | "p99Ms", definition: string): Column {
  return {
    column,
    label: column.slice(0, 3),
    definition,
    cell: (group, locale) => {
      const text = formatLatency(group[column], locale);
      return group[column] === undefined ? { text, tone: "quiet" } : { text };
    },
  };
}

function costs(label: string, definition: string): Column {
  return {
    column: "cost",
    label,
    definition,
    cell: (group, locale) => {
      const text = formatCost(group, locale);
      return text === "" ? { text: "–", tone: "quiet" } : { text };
    },
  };
}
