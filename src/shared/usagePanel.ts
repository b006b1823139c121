/** The whole conversation of the usage report's page, on one screen. */

import type { UsageSort } from "../core/usage/sortGroups.ts";
import type { UsageGrouping, UsageReport } from "../core/usage/usageReport.ts";
import type { Contract } from "./link.ts";

/** Days up to today, today included. */
export const usageRanges = [7, 30, 90, "all"] as const;
export type UsageRange = (typeof usageRanges)[number];

/** One whole reading of the log. */
export interface UsageView {
  readonly range: UsageRange;
  /** Both included, as `2026-11-21`. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** Without status checks in the background. */
  readonly asked: UsageReport;
  readonly all: UsageReport;
  /** Does anything in `qwen.prices` count? */
  readonly prices: "some" | "none";
  /** What is wrong with the other prices, a sentence each. */
  readonly priceProblems: readonly string[];
  /** Does the extension write the log at present? */
  readonly log: "on" | "off";
}

export interface UsageState {
  /** What is read or was read last. */
  readonly range: UsageRange;
  readonly reading: "under-way" | "ended" | "stopped" | "failed";
  /** Why it failed. */
  readonly reason?: string;
  /** Of the last reading that came to its end. */
  readonly view?: UsageView;
}

/** The table as it is shown. */
export interface ShownTable {
  readonly grouping: UsageGrouping;
  readonly sort: UsageSort;
  readonly backgroundChecks: "counted" | "left-out";
}

/** `cancelled`: the person chose no file. */
export type ExportEnd = "written" | "cancelled";

export interface UsagePanelContract extends Contract {
  readonly events: {
    "usage/changed": UsageState;
    /** From 0 to 1, each time it has grown by a hundredth. */
    "usage/progress": { readonly done: number };
  };
  readonly requests: {
    /** Asked once the page can draw, with the zone its days are in. Answered with `usage/changed` where there is something to show. */
    "page/ready": { params: { readonly timeZone: string }; result: null };
    /** Reads the log again for this range; what is read at the time is given up. */
    "usage/read": { params: { readonly range: UsageRange }; result: null };
    "usage/stop": { params: null; result: null };
    "usage/exportTable": { params: ShownTable; result: ExportEnd };
    /** Every line of the log, of all time. */
    "usage/exportLines": { params: null; result: ExportEnd };
    "settings/open": { params: { readonly setting: "audit.enabled" | "prices" }; result: null };
  };
}
