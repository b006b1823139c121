import type { AuditEntry } from "../../../src/core/audit/auditEntry.ts";
import { parsePrices } from "../../../src/core/usage/prices.ts";
import { usageOf } from "../../../src/core/usage/usageOf.ts";
import type { UsageRange, UsageState, UsageView } from "../../../src/shared/usagePanel.ts";
import { zoneCalendar } from "../../../src/ui/usage/zoneCalendar.ts";
import { aCheckEntry, anAuditEntry, withoutFields } from "../../support/usageEntries.ts";

const calendar = zoneCalendar("UTC");
const dayMs = 24 * 3_600_000;
const now = Date.parse("2026-11-21T15:30:00Z");

/** What the host makes of a log, at half past three on 21 November 2026. */
export function viewOf(
  log: readonly AuditEntry[],
  changes: Partial<UsageView> = {},
  prices: unknown = {},
): UsageView {
  const range: UsageRange = changes.range ?? 30;
  const { prices: parsed, problems } = parsePrices(prices);
  const report = (backgroundChecks: "counted" | "left-out") => {
    const fromMs = range === "all" ? {} : { fromMs: calendar.startOfDay(now, range - 1) };
    const usage = usageOf({ prices: parsed, calendar, backgroundChecks, ...fromMs });
    log.forEach((entry) => usage.add(entry));
    return usage.report(now);
  };
  const all = report("counted");
  return {
    range,
    firstDay: calendar.dayOf(all.fromMs),
    lastDay: calendar.dayOf(all.toMs),
    asked: report("left-out"),
    all,
    prices: parsed.size > 0 ? "some" : "none",
    priceProblems: problems,
    log: "on",
    ...changes,
  };
}

export function ended(view: UsageView): UsageState {
  return { range: view.range, reading: "ended", view };
}

/** Numbers that look like chance and are the same each time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

interface Served {
  readonly endpoint: string;
  readonly model: string;
  readonly key: string;
  readonly task: AuditEntry["task"];
  readonly share: number;
  readonly medianMs: number;
}

const served: readonly Served[] = [
  { endpoint: "gpu-box", model: "Qwen3-8B", key: "none", task: "chat", share: 0.42, medianMs: 2_400 },
  {
    endpoint: "gpu-box",
    model: "Qwen3-Embedding-4B",
    key: "none",
    task: "embedding",
    share: 0.24,
    medianMs: 90,
  },
  {
    endpoint: "dashscope",
    model: "qwen-plus",
    key: "secret …91c4",
    task: "chat",
    share: 0.14,
    medianMs: 5_200,
  },
  {
    endpoint: "dashscope",
    model: "qwen3-max",
    key: "secret …91c4",
    task: "chat",
    share: 0.06,
    medianMs: 11_000,
  },
  {
    endpoint: "tei",
    model: "BAAI/bge-reranker-v2-m3",
    key: "env TEI_KEY …77aa",
    task: "rerank",
    share: 0.1,
    medianMs: 140,
  },
  {
    endpoint: "openrouter",
    model: "qwen/qwen3-coder",
    key: "keychain openrouter/me …0c2f",
    task: "chat",
    share: 0.04,
    medianMs: 3_900,
  },
];

/** Some weeks of work: weekends are quiet, a server was down one day, background checks go on. */
export function someWeeks(days: number): readonly AuditEntry[] {
  const random = chance(7);
  return Array.from({ length: days }, (_, back) => now - (days - 1 - back) * dayMs).flatMap((day, index) => {
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
    const count = Math.round((isWeekend ? 4 : 46) * (0.5 + random()));
    const asked = Array.from({ length: count }, () => oneOf(day, random, index === days - 9 ? 0.6 : 0.02));
    const checks = Array.from({ length: 24 }, (_, hour) =>
      aCheckEntry({ time: at(day - hour * 60_000), durationMs: 2 + random() * 9 }),
    );
    return [...asked, ...checks];
  });
}

function oneOf(day: number, random: () => number, errorRate: number): AuditEntry {
  let pick = random();
  const { endpoint, model, key, task, medianMs } =
    served.find(({ share }) => (pick -= share) < 0) ?? served[0]!;
  const isDown = endpoint === "gpu-box" && random() < errorRate;
  const inputTokens = Math.round(120 + random() * random() * 3_000);
  const outputTokens = task === "chat" ? Math.round(40 + random() * 700) : 0;
  const time = at(day - random() * 8 * 3_600_000);
  const durationMs = medianMs * Math.exp((random() + random() + random() - 1.5) * 1.1);
  const entry = anAuditEntry({ time, endpoint, model, key, task, durationMs, inputTokens, outputTokens });
  if (isDown) {
    return withoutFields({ ...entry, failure: "ECONNREFUSED" }, "status", "inputTokens", "outputTokens");
  }
  return random() < 0.015 ? { ...entry, failure: "ABORTED" } : entry;
}

function at(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

export const somePrices = {
  "qwen-plus": { input: 0.8, output: 2, currency: "CNY" },
  "qwen3-max": { input: 3.2, output: 12.8, currency: "CNY" },
  "qwen/qwen3-coder": { input: 0.3, output: 1.2 },
};
