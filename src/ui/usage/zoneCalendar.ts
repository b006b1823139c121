/** Days of one time zone, fast enough for millions of lines. */

import type { Calendar } from "../../core/usage/usageOf.ts";

export interface ZoneCalendar extends Calendar {
  /** The first moment of the day that is so many days before the day of `epochMs`. */
  startOfDay(epochMs: number, daysBefore: number): number;
}

/** An unknown zone is taken for the machine's own. */
export function zoneCalendar(timeZone: string | undefined): ZoneCalendar {
  const format = formatOf(timeZone);
  const known = new Map<number, string>();
  const dayOf = (epochMs: number): string => {
    const slot = Math.floor(epochMs / slotMs);
    const day = known.get(slot) ?? nameOf(format, slot * slotMs);
    known.set(slot, day);
    return day;
  };
  return {
    epochMs: (time) => Date.parse(time),
    dayOf,
    startOfDay: (epochMs, daysBefore) => {
      const wanted = new Date(Date.parse(dayOf(epochMs)) - daysBefore * dayMs).toISOString().slice(0, 10);
      let at = (Math.floor(epochMs / slotMs) - daysBefore * slotsADay) * slotMs;
      while (dayOf(at) >= wanted) at -= slotMs;
      while (dayOf(at) < wanted) at += slotMs;
      return at;
    },
  };
}

/** Every zone's offset is a multiple of a quarter of an hour, so that within one the day does not change. */
const slotMs = 15 * 60_000;
const dayMs = 24 * 3_600_000;
const slotsADay = dayMs / slotMs;

function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const fields = {
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  } as const;
  try {
    return new Intl.DateTimeFormat("en", { ...fields, ...(timeZone === undefined ? {} : { timeZone }) });
  } catch {
    return new Intl.DateTimeFormat("en", fields);
  }
}

function nameOf(format: Intl.DateTimeFormat, epochMs: number): string {
  const parts = new Map(format.formatToParts(epochMs).map(({ type, value }) => [type, value]));
  return `${parts.get("year") ?? ""}-${parts.get("month") ?? ""}-${parts.get("day") ?? ""}`;
}
