/** What the usage report's page shows: the course of a reading and its result. Knows neither editor nor disk. */

import type { AuditFiles } from "../../core/audit/auditFiles.ts";
import { parsePrices } from "../../core/usage/prices.ts";
import { readUsage, type UsageReports } from "../../core/usage/readUsage.ts";
import type { UsageReport } from "../../core/usage/usageReport.ts";
import type { HostEnd } from "../../shared/link.ts";
import type { UsagePanelContract, UsageRange, UsageState, UsageView } from "../../shared/usagePanel.ts";
import { zoneCalendar, type ZoneCalendar } from "./zoneCalendar.ts";

export interface UsageWorld {
  readonly auditFiles: () => Promise<AuditFiles>;
  /** `qwen.prices` as it stands. */
  readonly prices: () => unknown;
  readonly log: () => "on" | "off";
  readonly nowMs: () => number;
  /** Removes known secrets. */
  readonly clean: (text: string) => string;
  readonly emit: HostEnd<UsagePanelContract>["emit"];
}

export class UsageSession {
  readonly #world: UsageWorld;
  #state: UsageState = { range: 30, reading: "under-way" };
  #calendar: ZoneCalendar = zoneCalendar(undefined);
  #abort: AbortController | undefined;
  #latest: Promise<UsageReport | undefined> = Promise.resolve(undefined);

  constructor(world: UsageWorld) {
    this.#world = world;
  }

  /** Undefined until the first reading has ended. */
  get view(): UsageView | undefined {
    return this.#state.view;
  }

  /** For a page that has just loaded. */
  tell(): void {
    this.#world.emit("usage/changed", this.#state);
  }

  /** Days begin when they do for the person, who may sit elsewhere than the extension. */
  useZone(timeZone: string): void {
    this.#calendar = zoneCalendar(timeZone);
  }

  /** Replaces a reading under way: whoever waits for that one gets this one's report. Undefined when it is stopped or fails. */
  read(range: UsageRange = this.#state.range): Promise<UsageReport | undefined> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#latest = this.#perform(range, abort);
    return this.#latest;
  }

  stop(): void {
    this.#abort?.abort();
  }

  async #perform(range: UsageRange, abort: AbortController): Promise<UsageReport | undefined> {
    this.#change({ range, reading: "under-way" });
    const outcome = await this.#view(range, abort.signal).then(
      (view) => ({ view }),
      (error: unknown) => ({ reason: error instanceof Error ? error.message : String(error) }),
    );
    if (this.#abort !== abort) {
      return this.#latest;
    }
    if (abort.signal.aborted) {
      this.#change({ range: this.#state.view?.range ?? range, reading: "stopped" });
      return undefined;
    }
    if ("reason" in outcome) {
      this.#change({ range, reading: "failed", reason: this.#world.clean(outcome.reason) });
      return undefined;
    }
    this.#change({ range, reading: "ended", view: outcome.view });
    return outcome.view.asked;
  }

  /** The view stays until there is another. */
  #change(state: UsageState): void {
    const { view } = this.#state;
    this.#state = { ...(view === undefined ? {} : { view }), ...state };
    this.tell();
  }

  async #view(range: UsageRange, signal: AbortSignal): Promise<UsageView> {
    const { auditFiles, nowMs, prices: setting, log } = this.#world;
    const calendar = this.#calendar;
    const { prices, problems } = parsePrices(setting());
    const reports = await readUsage(await auditFiles(), {
      prices,
      calendar,
      ...(range === "all" ? {} : { fromMs: calendar.startOfDay(nowMs(), range - 1) }),
      signal,
      nowMs,
      onProgress: this.#progressOf(signal),
    });
    const { fromMs, toMs } = reports.all;
    return {
      range,
      firstDay: calendar.dayOf(fromMs),
      lastDay: calendar.dayOf(toMs),
      ...this.#cleaned(reports),
      prices: prices.size > 0 ? "some" : "none",
      priceProblems: problems.map(this.#world.clean),
      log: log(),
    };
  }

  #progressOf(signal: AbortSignal): (done: number) => void {
    let told = 0;
    return (done) => {
      if (!signal.aborted && done - told >= 0.01) {
        told = done;
        this.#world.emit("usage/progress", { done });
      }
    };
  }

  /** Names alone come from outside; of our own words none may be taken for a secret. */
  #cleaned({ asked, all }: UsageReports): UsageReports {
    const { clean } = this.#world;
    const rename = (report: UsageReport): UsageReport => {
      const { endpoint, model, task, key, day } = report.groups;
      const named = (groups: typeof endpoint): typeof endpoint =>
        groups.map((group) => ({ ...group, name: clean(group.name) }));
      return {
        ...report,
        groups: { endpoint: named(endpoint), model: named(model), task, key: named(key), day },
      };
    };
    return { asked: rename(asked), all: rename(all) };
  }
}
