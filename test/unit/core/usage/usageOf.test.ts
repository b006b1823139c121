import assert from "node:assert/strict";

import type { AuditEntry } from "../../../../src/core/audit/auditEntry.ts";
import { parsePrices } from "../../../../src/core/usage/prices.ts";
import { readUsage } from "../../../../src/core/usage/readUsage.ts";
import { usageOf, type UsageOptions } from "../../../../src/core/usage/usageOf.ts";
import type { UsageReport } from "../../../../src/core/usage/usageReport.ts";
import { zoneCalendar } from "../../../../src/ui/usage/zoneCalendar.ts";
import { aCheckEntry, anAuditEntry, fakeAuditFiles, withoutFields } from "../../../support/usageEntries.ts";

const { prices } = parsePrices({
  "qwen-plus": { input: 2, output: 6, currency: "CNY" },
  "cloud/Qwen3-8B": { input: 1, output: 4 },
});
const calendar = zoneCalendar("Asia/Shanghai");
const now = Date.parse("2026-11-21T12:00:00Z");

function report(entries: readonly AuditEntry[], options: Partial<UsageOptions> = {}): UsageReport {
  const usage = usageOf({ prices, calendar, backgroundChecks: "counted", ...options });
  entries.forEach((entry) => usage.add(entry));
  return usage.report(now);
}

/** A log small enough to add up by hand. */
const log: readonly AuditEntry[] = [
  anAuditEntry({ durationMs: 800 }),
  anAuditEntry({ time: "2026-11-20T15:59:59.999Z", durationMs: 1200, inputTokens: 300, outputTokens: 10 }),
  // In Shanghai it is the next day from 16:00 UTC on.
  anAuditEntry({
    time: "2026-11-20T16:00:00.000Z",
    endpoint: "cloud",
    model: "qwen-plus",
    key: "env K …77aa",
  }),
  anAuditEntry({ endpoint: "cloud", inputTokens: 1_000_000, outputTokens: 500_000, durationMs: 60_000 }),
  withoutFields(anAuditEntry({ status: 503, finding: "server.overloaded" }), "inputTokens", "outputTokens"),
  withoutFields(anAuditEntry({ failure: "ECONNREFUSED" }), "status", "inputTokens", "outputTokens"),
  withoutFields(anAuditEntry({ failure: "ABORTED" }), "inputTokens", "outputTokens"),
  withoutFields(anAuditEntry({ finding: "stream.error-event" }), "inputTokens", "outputTokens"),
  anAuditEntry({ task: "embedding", model: "Qwen3-Embedding-4B", inputTokens: 8, outputTokens: 0 }),
  aCheckEntry(),
  aCheckEntry({ time: "2026-11-21T01:00:00.000Z" }),
];

describe("usage", () => {
  const { total, groups } = report(log);

  it("counts requests, and errors apart from what was stopped", () => {
    assert.deepEqual([total.requests, total.errors, total.stopped], [11, 3, 1]);
  });

  it("adds tokens up, and counts requests that had none where a model answered", () => {
    assert.deepEqual([total.inputTokens, total.outputTokens], [1_000_508, 500_110]);
    // The one that was stopped and the one whose stream ended in an error; not the checks, the refused and the 503.
    assert.equal(total.uncounted, 2);
  });

  it("turns tokens into cost by currency, and counts what has no price", () => {
    const cny = (100 * 2 + 50 * 6) / 1_000_000;
    assert.deepEqual(total.cost, { CNY: cny, USD: 1 + 2 });
    assert.equal(total.unpriced, 3);
  });

  it("tells endpoints, models, tasks and keys apart, the most used first", () => {
    const counts = (name: "endpoint" | "model" | "task" | "key"): unknown =>
      groups[name].map((group) => [group.name, group.requests]);
    assert.deepEqual(counts("endpoint"), [
      ["local", 9],
      ["cloud", 2],
    ]);
    assert.deepEqual(counts("model"), [
      ["Qwen3-8B", 7],
      ["", 2],
      ["Qwen3-Embedding-4B", 1],
      ["qwen-plus", 1],
    ]);
    assert.deepEqual(counts("task"), [
      ["chat", 8],
      ["models", 2],
      ["embedding", 1],
    ]);
    assert.deepEqual(counts("key"), [
      ["secret …91c4", 10],
      ["env K …77aa", 1],
    ]);
  });

  it("counts days of the person's time zone", () => {
    assert.deepEqual(
      groups.day.map(({ name, requests }) => [name, requests]),
      [
        ["2026-11-20", 9],
        ["2026-11-21", 2],
      ],
    );
    const utc = report(log, { calendar: zoneCalendar("UTC") });
    assert.deepEqual(
      utc.groups.day.map(({ name, requests }) => [name, requests]),
      [
        ["2026-11-20", 10],
        ["2026-11-21", 1],
      ],
    );
  });

  it("takes latency from what ended well alone", () => {
    const chat = groups.task.find(({ name }) => name === "chat");
    // 800, 1000, 1200 and 60,000 ms; errors and what was stopped took 1000 each.
    assert.ok(Math.abs(chat!.p50Ms! - 1000) <= 10, String(chat?.p50Ms));
    assert.ok(Math.abs(chat!.p99Ms! - 60_000) <= 600, String(chat?.p99Ms));
    assert.equal("p50Ms" in report([log[4]!]).total, false);
  });

  it("leaves background checks out where told to, and says how many", () => {
    const asked = report(log, { backgroundChecks: "left-out" });
    assert.deepEqual([asked.total.requests, asked.leftOut], [9, 2]);
    assert.equal(
      asked.groups.task.some(({ name }) => name === "models"),
      false,
    );
  });

  it("begins where it is told to, else with the first line", () => {
    const fromMs = Date.parse("2026-11-20T16:00:00Z");
    const later = report(log, { fromMs });
    assert.deepEqual([later.total.requests, later.fromMs, later.toMs], [2, fromMs, now]);
    assert.equal(report(log).fromMs, Date.parse("2026-11-20T10:00:00Z"));
    assert.equal(report([]).fromMs, now);
  });

  it("adds up together what is beyond 1,000 names", () => {
    const many = Array.from({ length: 1_234 }, (_, index) => anAuditEntry({ model: `model-${index}` }));
    const { model, endpoint } = report(many).groups;
    assert.equal(model.length, 1_001);
    const { name, kind, requests } = model.at(-1)!;
    assert.deepEqual({ name, kind, requests }, { name: "", kind: "rest", requests: 234 });
    assert.equal(endpoint.length, 1);
  });

  it("counts a line without a proper time as unread", () => {
    const odd = report([anAuditEntry({ time: "yesterday" }), anAuditEntry()]);
    assert.deepEqual([odd.unreadLines, odd.total.requests], [1, 1]);
  });

  it("does not take nonsense for tokens", () => {
    for (const inputTokens of [-5, Number.NaN, "100" as unknown as number]) {
      const { total: odd } = report([
        withoutFields(anAuditEntry({ inputTokens, outputTokens: 1 }), "outputTokens"),
      ]);
      assert.deepEqual([odd.inputTokens, odd.uncounted], [0, 1]);
    }
  });

  it("is plain JSON", () => {
    assert.deepEqual(JSON.parse(JSON.stringify(report(log))), report(log));
  });
});

describe("reading the usage from the log", () => {
  it("gives both views in one reading, with the progress", async () => {
    const done: number[] = [];
    const { asked, all } = await readUsage(fakeAuditFiles([...log, "bad"]), {
      prices,
      calendar,
      signal: new AbortController().signal,
      onProgress: (part) => void done.push(part),
      nowMs: () => now,
    });
    assert.deepEqual([asked.total.requests, all.total.requests], [9, 11]);
    assert.deepEqual([asked.unreadLines, all.unreadLines], [1, 1]);
    assert.equal(done.at(-1), 1);
    assert.equal(done.length, 12);
  });
});
