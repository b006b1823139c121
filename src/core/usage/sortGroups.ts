/** The order of a table's rows, the same on the page and in the file. */

import type { UsageGroup } from "./usageReport.ts";

const sortColumns = [
  "name",
  "requests",
  "errors",
  "stopped",
  "inputTokens",
  "outputTokens",
  "p50Ms",
  "p95Ms",
  "p99Ms",
  "cost",
] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface UsageSort {
  readonly column: SortColumn;
  readonly direction: "ascending" | "descending";
}

/** For what comes from a page. */
export function isUsageSort(value: unknown): value is UsageSort {
  if (typeof value !== "object" || value === null || !("column" in value) || !("direction" in value)) {
    return false;
  }
  const { column, direction } = value;
  return (
    sortColumns.some((each) => each === column) && (direction === "ascending" || direction === "descending")
  );
}

/** The rest stays last, and so does what has no figure. Equal rows keep their order. */
export function sortGroups(groups: readonly UsageGroup[], sort: UsageSort): readonly UsageGroup[] {
  const sign = sort.direction === "ascending" ? 1 : -1;
  return groups.toSorted((a, b) => {
    if (a.kind !== b.kind) {
      return a.kind === "rest" ? 1 : -1;
    }
    if (sort.column === "name") {
      return sign * (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
    }
    const [left, right] = [figureOf(a, sort.column), figureOf(b, sort.column)];
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined);
    }
    return sign * (left - right);
  });
}

/** Costs in several currencies can not be compared; their sum at least puts nothing before something. */
function figureOf(group: UsageGroup, column: Exclude<SortColumn, "name">): number | undefined {
  if (column !== "cost") {
    return group[column];
  }
  const amounts = Object.values(group.cost);
  return amounts.length === 0 ? undefined : amounts.reduce((sum, amount) => sum + amount, 0);
}
