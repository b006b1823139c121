/** The slots of the charts over time: every day of the range, also those without a request; months when the range is long. */

import type { UsageGroup, UsageReport } from "../../core/usage/usageReport.ts";

export interface TimeSlot {
  /** `2026-11-21` or `2026-11`. */
  readonly name: string;
  readonly requests: number;
  readonly errors: number;
  readonly stopped: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface TimeSlots {
  readonly unit: "day" | "month";
  readonly slots: readonly TimeSlot[];
}

/** More bars than this are no longer told apart. */
const mostDays = 366;
const dayMs = 24 * 3_600_000;

export function slotsOf(report: UsageReport, firstDay: string, lastDay: string): TimeSlots {
  const days = daysBetween(firstDay, lastDay);
  const groups = new Map(report.groups.day.map((group) => [group.name, group]));
  const filled = days.map((name) => slotOf(name, groups.get(name)));
  if (days.length <= mostDays) {
    return { unit: "day", slots: filled };
  }
  const months = new Map<string, TimeSlot>();
  for (const day of filled) {
    const month = day.name.slice(0, 7);
    months.set(month, added(months.get(month) ?? slotOf(month, undefined), day));
  }
  return { unit: "month", slots: [...months.values()] };
}

/** A log from before the year 2000 is a clock gone wrong. */
function daysBetween(first: string, last: string): readonly string[] {
  const end = Date.parse(last);
  const begin = Math.max(Date.parse(first), Date.parse("2000-01-01"));
  const count = Math.max(1, Math.round((end - begin) / dayMs) + 1);
  return Array.from({ length: count }, (_, index) =>
    new Date(end - (count - 1 - index) * dayMs).toISOString().slice(0, 10),
  );
}

function slotOf(name: string, group: UsageGroup | undefined): TimeSlot {
  const { requests = 0, errors = 0, stopped = 0, inputTokens = 0, outputTokens = 0 } = group ?? {};
  return { name, requests, errors, stopped, inputTokens, outputTokens };
}

function added(a: TimeSlot, b: TimeSlot): TimeSlot {
  return {
    name: a.name,
    requests: a.requests + b.requests,
    errors: a.errors + b.errors,
    stopped: a.stopped + b.stopped,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
  };
}
