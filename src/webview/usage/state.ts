import type { UsageSort } from "../../core/usage/sortGroups.ts";
import type { UsageGrouping, UsageReport } from "../../core/usage/usageReport.ts";
import type { UsageState, UsageView } from "../../shared/usagePanel.ts";
import type { AskState } from "../parts/askState.ts";

/** What the person chose of what there is. */
export interface Choice {
  readonly grouping: UsageGrouping;
  readonly sort: UsageSort;
  readonly backgroundChecks: "counted" | "left-out";
}

export interface PageState {
  /** Undefined until the host has told. */
  readonly told?: UsageState;
  /** Of the reading under way, from 0 to 1. */
  readonly done: number;
  readonly choice: Choice;
  readonly asks: Readonly<Record<string, AskState>>;
  readonly broken?: string;
}

export type Action =
  | { readonly kind: "changed"; readonly told: UsageState }
  | { readonly kind: "progressed"; readonly done: number }
  | { readonly kind: "grouped"; readonly grouping: UsageGrouping }
  | { readonly kind: "sorted"; readonly sort: UsageSort }
  | { readonly kind: "checks"; readonly backgroundChecks: Choice["backgroundChecks"] }
  | { readonly kind: "asked"; readonly name: string; readonly state: AskState | undefined }
  | { readonly kind: "unreachable"; readonly reason: string };

export const initialState: PageState = {
  done: 0,
  choice: {
    grouping: "endpoint",
    sort: { column: "requests", direction: "descending" },
    backgroundChecks: "left-out",
  },
  asks: {},
};

/** Pure. */
export function reduce(state: PageState, action: Action): PageState {
  const { choice } = state;
  switch (action.kind) {
    case "changed":
      return { ...state, told: action.told, done: 0 };
    case "progressed":
      return { ...state, done: action.done };
    case "grouped":
      return {
        ...state,
        choice: { ...choice, grouping: action.grouping, sort: firstSort(choice, action.grouping) },
      };
    case "sorted":
      return { ...state, choice: { ...choice, sort: action.sort } };
    case "checks":
      return { ...state, choice: { ...choice, backgroundChecks: action.backgroundChecks } };
    case "asked": {
      const others = Object.entries(state.asks).filter(([name]) => name !== action.name);
      const added = action.state === undefined ? [] : [[action.name, action.state] as const];
      return { ...state, asks: Object.fromEntries([...others, ...added]) };
    }
    case "unreachable":
      return state.told === undefined ? { ...state, broken: action.reason } : state;
  }
}

/** The report that the choice asks for. */
export function chosenReport(view: UsageView, choice: Choice): UsageReport {
  return choice.backgroundChecks === "counted" ? view.all : view.asked;
}

/** A click on a column: the other direction, or the one that shows the most first. */
export function nextSort(sort: UsageSort, column: UsageSort["column"]): UsageSort {
  if (sort.column === column) {
    return { column, direction: sort.direction === "ascending" ? "descending" : "ascending" };
  }
  return { column, direction: column === "name" ? "ascending" : "descending" };
}

/** The newest day comes first; elsewhere a choice of column is kept, but not the order by names. */
function firstSort(choice: Choice, grouping: UsageGrouping): UsageSort {
  if (grouping === "day") {
    return { column: "name", direction: "descending" };
  }
  return choice.sort.column === "name" ? { column: "requests", direction: "descending" } : choice.sort;
}
