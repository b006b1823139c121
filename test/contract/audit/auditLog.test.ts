import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";

import { createRedactor } from "../../../src/core/diagnosis/redact.ts";
import { auditFiles } from "../../../src/io/audit/auditFiles.ts";
import { anAuditEntry } from "../../support/auditEntries.ts";
import { eventually } from "../support/eventually.ts";
import { auditWorld, dayMs, megabyte, numbersOf, readLog, upTo } from "./support/auditWorld.ts";

describe("the audit log on the disk", () => {
  const world = auditWorld();
  const names = (): readonly string[] => readdirSync(world.folder).sort();

  it("writes nothing, not even a folder, before there is an entry", async () => {
    await world.open().flush();
    assert.ok(!existsSync(world.folder));
  });

  it("is one JSON object a line, for its owner alone", async () => {
    const log = world.open();
    const entry = anAuditEntry();
    log.write(entry);
    await log.flush();
    const [name = ""] = names();
    assert.match(name, /^audit-\d{4}-\d\d-\d\d-[A-Za-z0-9-]+\.001\.jsonl$/);
    assert.equal(readFileSync(join(world.folder, name), "utf8"), `\n${JSON.stringify(entry)}\n`);
    if (process.platform !== "win32") {
      assert.equal(statSync(world.folder).mode & 0o777, 0o700);
      assert.equal(statSync(join(world.folder, name)).mode & 0o777, 0o600);
    }
  });

  it("writes by itself within a moment, many entries at once", async () => {
    const log = world.open();
    for (const number of upTo(100)) log.write(anAuditEntry({ window: "this", path: `/this/${number}` }));
    await eventually("it is written", () => existsSync(world.folder) && names().length === 1);
    await log.flush();
    const text = readFileSync(join(world.folder, names()[0]!), "utf8");
    assert.equal(text.split("\n\n").length, 1, "one batch");
    assert.deepEqual(numbersOf("this", await readLog(world.folder)), upTo(100));
  });

  it("writes the rest when the window closes, and nothing after that", async () => {
    const log = world.open();
    for (const number of upTo(2000)) log.write(anAuditEntry({ window: "this", path: `/this/${number}` }));
    const flushing = log.flush();
    log.dispose();
    log.write(anAuditEntry());
    await flushing;
    assert.deepEqual(numbersOf("this", await readLog(world.folder)), upTo(2000));
  });

  for (const turns of [1, 2, 3, 5, 8, 13, 40]) {
    it(`loses and doubles nothing when the window closes ${turns} turns after it began to write`, async () => {
      const log = world.open();
      for (const number of upTo(500)) log.write(anAuditEntry({ window: "this", path: `/this/${number}` }));
      const flushing = log.flush();
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      log.dispose();
      await flushing;
      assert.deepEqual(numbersOf("this", await readLog(world.folder)), upTo(500));
    });
  }

  it("removes secrets on the way, also ones it learned of after the request", async () => {
    const redactor = createRedactor();
    const log = world.open({ redactor });
    log.write(anAuditEntry({ reply: "the key is sk-0123456789abcdef, it said" }));
    redactor.know("sk-0123456789abcdef");
    await log.flush();
    const { entries } = await readLog(world.folder);
    assert.equal(entries[0]?.reply, "the key is •••, it said");
  });

  it("begins another part when one is full, and deletes the oldest beyond the whole's size", async () => {
    const maxBytes = megabyte;
    const log = world.open({ limits: () => ({ maxBytes, keepMs: dayMs }) });
    for (const number of upTo(10_000)) {
      log.write(anAuditEntry({ window: "this", path: `/this/${number}` }));
      if (number % 100 === 99) await log.flush();
    }
    const parts = await auditFiles(world.folder).parts();
    const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.ok(total <= maxBytes && total > maxBytes / 2, `${total} bytes`);
    assert.ok(parts.length >= 8 && parts.length <= 11, `${parts.length} parts`);
    // The last entries without a hole.
    const numbers = numbersOf("this", await readLog(world.folder));
    assert.deepEqual(numbers, upTo(10_000).slice(-numbers.length));
  });

  it("begins another part every day, and deletes those past their age", async () => {
    let nowMs = Date.parse("2026-11-21T23:59:00Z");
    const log = world.open({
      epochMs: () => nowMs,
      limits: () => ({ maxBytes: megabyte, keepMs: 10 * dayMs }),
    });
    for (let day = 0; day < 14; day++) {
      log.write(anAuditEntry());
      await log.flush();
      utimesSync(join(world.folder, names().at(-1)!), nowMs / 1000, nowMs / 1000);
      nowMs += dayMs;
    }
    const days = names().map((name) => name.slice(6, 16));
    assert.deepEqual([days[0], days.at(-1), days.length], ["2026-11-24", "2026-12-04", 11]);
  });

  it("goes on with the highest number after its first parts were deleted", async () => {
    const changes = { limits: () => ({ maxBytes: megabyte, keepMs: dayMs }) };
    const first = world.open(changes);
    for (const number of upTo(6000)) {
      first.write(anAuditEntry({ path: `/this/${number}` }));
      if (number % 100 === 99) await first.flush();
    }
    const before = names();
    assert.ok(!before[0]!.includes(".001."), "the first is gone");
    const second = world.open(changes);
    second.write(anAuditEntry());
    await second.flush();
    assert.ok(!names()[0]!.includes(".001."));
  });
});
