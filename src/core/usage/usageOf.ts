/** Adds the lines of the audit log up, one after the other, in a memory that depends on the number of names alone. */

import type { AuditEntry } from "../audit/auditEntry.ts";
import { type Price, priceOf } from "./prices.ts";
import { Tally } from "./tally.ts";
import { type UsageGroup, type UsageGrouping, usageGroupings, type UsageReport } from "./usageReport.ts";

/** Days as the person counts them; core knows no time zone. */
export interface Calendar {
  /** Of an ISO 8601 time; not a number where it is none. */
  epochMs(time: string): number;
  /** `2026-11-21` */
  dayOf(epochMs: number): string;
}

export interface UsageOptions {
  readonly prices: ReadonlyMap<string, Price>;
  readonly calendar: Calendar;
  /** Status checks in the background are many, small and nobody's work. */
  readonly backgroundChecks: "counted" | "left-out";
  /** Earlier lines are passed over. */
  readonly fromMs?: number;
}

export interface Usage {
  add(entry: AuditEntry): void;
  addUnread(): void;
  report(toMs: number): UsageReport;
}

/** Names of one grouping that are told apart, the rest being added up together; more days, as a log may go back ten years. */
const mostNames = 1_000;
const mostDays = 4_000;

export function usageOf({ prices, calendar, backgroundChecks, fromMs }: UsageOptions): Usage {
  const total = new Tally();
  const groups = {
    ...{ endpoint: new Groups(mostNames), model: new Groups(mostNames), task: new Groups(mostNames) },
    ...{ key: new Groups(mostNames), day: new Groups(mostDays) },
  };
  let [earliestMs, leftOut, unreadLines] = [Number.POSITIVE_INFINITY, 0, 0];
  const addAt = (entry: AuditEntry, epochMs: number): void => {
    const price = priceOf(prices, entry.endpoint, entry.model);
    const names = namesOf(entry, calendar.dayOf(epochMs));
    earliestMs = Math.min(earliestMs, epochMs);
    total.add(entry, price);
    for (const grouping of usageGroupings) {
      groups[grouping].add(names[grouping], entry, price);
    }
  };
  return {
    add: (entry) => {
      const epochMs = calendar.epochMs(entry.time);
      if (Number.isNaN(epochMs)) {
        unreadLines += 1;
      } else if (fromMs === undefined || epochMs >= fromMs) {
        const isLeftOut = backgroundChecks === "left-out" && entry.askedBy === "background";
        leftOut += isLeftOut ? 1 : 0;
        if (!isLeftOut) addAt(entry, epochMs);
      }
    },
    addUnread: () => void (unreadLines += 1),
    report: (toMs) => ({
      fromMs: fromMs ?? Math.min(earliestMs, toMs),
      toMs,
      total: total.figures(),
      groups: reportGroups(groups),
      leftOut,
      unreadLines,
    }),
  };
}

function reportGroups(groups: Readonly<Record<UsageGrouping, Groups>>): UsageReport["groups"] {
  const { endpoint, model, task, key, day } = groups;
  return {
    endpoint: endpoint.report(byRequests),
    model: model.report(byRequests),
    task: task.report(byRequests),
    key: key.report(byRequests),
    day: day.report(byName),
  };
}

function namesOf(entry: AuditEntry, day: string): Readonly<Record<UsageGrouping, string>> {
  const { endpoint = "", model = "", task, key = "" } = entry;
  return { endpoint, model, task, key, day };
}

class Groups {
  readonly #tallies = new Map<string, Tally>();
  readonly #most: number;
  #rest: Tally | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  add(name: string, entry: AuditEntry, price: Price | undefined): void {
    this.#tallyOf(name).add(entry, price);
  }

  report(order: (a: UsageGroup, b: UsageGroup) => number): readonly UsageGroup[] {
    const named = [...this.#tallies].map(([name, tally]): UsageGroup => ({
      name,
      kind: "name",
      ...tally.figures(),
    }));
    const rest: readonly UsageGroup[] =
      this.#rest === undefined ? [] : [{ name: "", kind: "rest", ...this.#rest.figures() }];
    return [...named.sort(order), ...rest];
  }

  #tallyOf(name: string): Tally {
    const known = this.#tallies.get(name);
    if (known !== undefined) {
      return known;
    }
    if (this.#tallies.size >= this.#most) {
      return (this.#rest ??= new Tally());
    }
    const tally = new Tally();
    this.#tallies.set(name, tally);
    return tally;
  }
}

function byRequests(a: UsageGroup, b: UsageGroup): number {
  return b.requests - a.requests || byName(a, b);
}

function byName(a: UsageGroup, b: UsageGroup): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
