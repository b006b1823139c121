import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

import { auditFiles } from "../../../src/io/audit/auditFiles.ts";
import { anAuditEntry } from "../../support/auditEntries.ts";
import { eventually } from "../support/eventually.ts";
import { auditWorld, megabyte, numbersOf, readLog, startWriter, upTo } from "./support/auditWorld.ts";

describe("the audit log of several windows", () => {
  const world = auditWorld();

  it("loses, tears and doubles nothing while two write 10,000 lines each and parts fill up", async () => {
    const writers = ["first", "second"].map((name) => startWriter(world.folder, name, 10_000, 10 * megabyte));
    const ended = await Promise.all(writers.map((writer) => writer.ended));
    assert.deepEqual(ended, [
      { code: 0, errors: "" },
      { code: 0, errors: "" },
    ]);
    const parts = await auditFiles(world.folder).parts();
    assert.ok(parts.length > 3, `${parts.length} parts`);
    const read = await readLog(world.folder);
    assert.equal(read.bad, 0);
    // In each window's own order as well.
    assert.deepEqual(numbersOf("first", read), upTo(10_000));
    assert.deepEqual(numbersOf("second", read), upTo(10_000));
  });

  it("keeps every whole line while windows are killed in the middle of writing, and others go on", async () => {
    const mine = world.open();
    const rounds = 12;
    const killed: { readonly name: string; readonly flushed: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const name = `killed-${round}`;
      // Long lines, so that a batch takes a while.
      const writer = startWriter(world.folder, name, 1_000_000, 1000 * megabyte, 60_000);
      await eventually("it writes", () => writer.flushed() > 0);
      mine.write(anAuditEntry({ window: "this", path: `/this/${round}` }));
      await setTimeout((round * 7) % 23);
      writer.child.kill("SIGKILL");
      await writer.ended;
      killed.push({ name, flushed: writer.flushed() });
    }
    await mine.flush();
    const read = await readLog(world.folder);
    for (const { name, flushed } of killed) {
      const numbers = numbersOf(name, read);
      assert.deepEqual(numbers, upTo(numbers.length), `${name} without a hole`);
      assert.ok(numbers.length >= flushed, `${name}: ${numbers.length} of ${flushed} flushed`);
    }
    assert.deepEqual(numbersOf("this", read), upTo(rounds));
    assert.ok(read.bad <= rounds, `${read.bad} torn lines`);
  });

  it("lets a torn line swallow nothing: it is skipped and counted", async () => {
    const log = world.open();
    log.write(anAuditEntry({ window: "this", path: "/this/0" }));
    await log.flush();
    const [part] = await auditFiles(world.folder).parts();
    const whole = JSON.stringify(anAuditEntry({ window: "this", path: "/this/99" }));
    for (const [index, length] of [1, 40, whole.length - 1].entries()) {
      appendFileSync(part!.path, `\n${whole.slice(0, length)}`);
      log.write(anAuditEntry({ window: "this", path: `/this/${index + 1}` }));
      await log.flush();
    }
    const read = await readLog(world.folder);
    assert.deepEqual([read.bad, numbersOf("this", read)], [3, upTo(4)]);
  });

  it("shares one file a day between the windows of a machine", async () => {
    const logs = [world.open(), world.open(), world.open()];
    for (const log of logs) log.write(anAuditEntry());
    await Promise.all(logs.map((log) => log.flush()));
    assert.equal((await auditFiles(world.folder).parts()).length, 1);
    assert.equal((await readLog(world.folder)).entries.length, 3);
  });
});
