import assert from "node:assert/strict";

import type { AuditFiles } from "../../../../src/core/audit/auditFiles.ts";
import type { UsagePanelContract, UsageState } from "../../../../src/shared/usagePanel.ts";
import { UsageSession, type UsageWorld } from "../../../../src/ui/usage/usageSession.ts";
import { aCheckEntry, anAuditEntry, fakeAuditFiles } from "../../../support/usageEntries.ts";

const now = Date.parse("2026-11-21T12:00:00Z");

interface Bench {
  readonly session: UsageSession;
  readonly states: readonly UsageState[];
  readonly progress: readonly number[];
}

function bench(files: AuditFiles, changes: Partial<UsageWorld> = {}): Bench {
  const states: UsageState[] = [];
  const progress: number[] = [];
  const session = new UsageSession({
    auditFiles: () => Promise.resolve(files),
    prices: () => ({}),
    log: () => "on",
    nowMs: () => now,
    clean: (text) => text,
    emit: (name, event) => {
      if (name === "usage/changed") states.push(event as UsageState);
      else progress.push((event as UsagePanelContract["events"]["usage/progress"]).done);
    },
    ...changes,
  });
  session.useZone("Asia/Shanghai");
  return { session, states, progress };
}

/** Reads nothing until it is let go or aborted. */
function slowFiles(): AuditFiles & { readonly letGo: () => void } {
  const waiting: (() => void)[] = [];
  return {
    ...fakeAuditFiles([]),
    read: ({ signal, onLine }) =>
      new Promise((resolve) => {
        onLine(anAuditEntry());
        if (signal.aborted) resolve();
        signal.addEventListener("abort", () => resolve());
        waiting.push(resolve);
      }),
    letGo: () => waiting.forEach((resolve) => resolve()),
  };
}

describe("what the usage report shows", () => {
  it("is the last 30 days at first, days of the person's zone", async () => {
    const old = anAuditEntry({ time: "2026-10-22T15:59:59Z" });
    const first = anAuditEntry({ time: "2026-10-22T16:00:00Z" });
    const { session, states } = bench(fakeAuditFiles([old, first, anAuditEntry(), aCheckEntry()]));
    const report = await session.read();
    assert.deepEqual([report?.total.requests, report?.leftOut], [2, 1]);
    const { view, reading } = states.at(-1)!;
    assert.deepEqual(
      [reading, view?.firstDay, view?.lastDay, view?.asked.total.requests, view?.all.total.requests],
      ["ended", "2026-10-23", "2026-11-21", 2, 3],
    );
  });

  for (const [range, requests, firstDay] of [
    [7, 1, "2026-11-15"],
    [90, 2, "2026-08-24"],
    ["all", 3, "2026-01-01"],
  ] as const) {
    it(`is what lies in the range: ${range}`, async () => {
      const times = ["2026-01-01T08:00:00Z", "2026-10-01T08:00:00Z", "2026-11-21T08:00:00Z"];
      const { session, states } = bench(fakeAuditFiles(times.map((time) => anAuditEntry({ time }))));
      const report = await session.read(range);
      assert.equal(report?.total.requests, requests);
      assert.deepEqual([states.at(-1)?.view?.firstDay, states.at(-1)?.range], [firstDay, range]);
    });
  }

  it("tells its progress in hundredths", async () => {
    const { session, progress } = bench(fakeAuditFiles(Array.from({ length: 1000 }, () => anAuditEntry())));
    await session.read();
    assert.ok(progress.length > 50 && progress.length <= 100, String(progress.length));
  });

  it("stops, and keeps what it showed", async () => {
    let files: AuditFiles = fakeAuditFiles([anAuditEntry()]);
    const { session, states } = bench(files, { auditFiles: () => Promise.resolve(files) });
    await session.read(7);
    files = slowFiles();
    const reading = session.read(90);
    session.stop();
    assert.equal(await reading, undefined);
    const { reading: state, range, view } = states.at(-1)!;
    assert.deepEqual([state, range, view?.range], ["stopped", 7, 7]);
  });

  it("gives the newest report to whoever waits when another range is chosen", async () => {
    const files = slowFiles();
    const { session, states } = bench(files);
    const [first, second] = [session.read(7), session.read(90)];
    await new Promise((resolve) => setImmediate(resolve));
    files.letGo();
    assert.deepEqual(await first, await second);
    assert.equal((await second)?.total.requests, 1);
    assert.equal(states.filter(({ reading }) => reading === "ended").length, 1);
  });

  it("says why the log could not be read, without secrets", async () => {
    const failing = { ...fakeAuditFiles([]), read: () => Promise.reject(new Error("EIO sk-geheim-1234")) };
    const { session, states } = bench(failing, { clean: (text) => text.replace("sk-geheim-1234", "•••") });
    assert.equal(await session.read(), undefined);
    assert.deepEqual([states.at(-1)?.reading, states.at(-1)?.reason], ["failed", "EIO •••"]);
  });

  it("removes secrets from every name", async () => {
    const secret = "sk-geheim-1234";
    const odd = anAuditEntry({ model: secret, endpoint: secret, key: secret });
    const { session, states } = bench(fakeAuditFiles([odd]), {
      clean: (text) => text.replaceAll(secret, "•••"),
      prices: () => ({ [secret]: 1 }),
    });
    await session.read();
    assert.ok(!JSON.stringify(states).includes(secret));
    assert.equal(states.at(-1)?.view?.priceProblems.length, 1);
  });

  it("is told again to a page that loads anew", async () => {
    const { session, states } = bench(fakeAuditFiles([anAuditEntry()]), { log: () => "off" });
    await session.read();
    const count = states.length;
    session.tell();
    assert.equal(states.length, count + 1);
    assert.equal(states.at(-1)?.view?.log, "off");
  });
});
