import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  constants,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { auditedHttp } from "../../../src/core/audit/auditedHttp.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp } from "../../../src/io/nodeHttp.ts";
import type { AuditLog } from "../../../src/core/audit/auditLog.ts";
import { anAuditEntry, notedEntries } from "../../support/auditEntries.ts";
import { reply, startFaultServer } from "../../support/faultServer.ts";
import { getRequest, unaborted } from "../support/endpoints.ts";
import { auditWorld, megabyte, numbersOf, readLog, upTo } from "./support/auditWorld.ts";

/** More than what a log keeps for a disk that can not be written. */
const many = 25_000;

describe("an audit log that can not be written", () => {
  const mounted: string[] = [];
  // Before the folder is removed, which the hook of the next line does.
  afterEach(() => {
    for (const path of mounted.splice(0)) execFileSync("umount", [path]);
  });
  const world = auditWorld();

  /** Only root may; false where it is not allowed. */
  function mount(...args: readonly string[]): boolean {
    try {
      execFileSync("mount", args, { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  }

  function fill(log: AuditLog): void {
    for (const number of upTo(many)) log.write(anAuditEntry({ window: "this", path: `/this/${number}` }));
  }

  /** A request of which the log can not be written is answered all the same. */
  async function requestsGoOn(log: AuditLog): Promise<void> {
    const server = await startFaultServer();
    server.serve(reply({ body: { data: [] } }));
    const http = nodeHttp();
    const { ports } = notedEntries(nodeClock, { write: (entry) => log.write(entry) });
    const outcome = await auditedHttp(http, { askedBy: "command" }, ports).send(
      getRequest(`${server.baseUrl}/models`),
      unaborted(),
    );
    assert.equal(outcome.kind, "reply");
    http.dispose();
    await server.close();
  }

  /** After the disk has come back: everything that was kept, once, and the count of the rest. */
  async function assertResumed(log: AuditLog): Promise<void> {
    await log.flush();
    const { news } = world;
    assert.deepEqual(
      news.map(({ kind }) => kind),
      ["failing", "working"],
      "told once each",
    );
    const kept = numbersOf("this", await readLog(world.folder));
    assert.deepEqual(kept, upTo(kept.length));
    const dropped = gaps(world.folder);
    // The request of requestsGoOn was dropped as well, or came last.
    const requests = kept.length + dropped.reduce((sum, count) => sum + count, 0);
    assert.ok(dropped.length === 1 && (requests === many || requests === many + 1), `${requests}`);
    assert.ok(kept.length >= 10_000);
  }

  it("on a full disk goes on as soon as there is room", async function () {
    const disk = dirname(world.folder);
    if (!mount("-t", "tmpfs", "-o", `size=${16 * megabyte}`, "tmpfs", disk)) return this.skip();
    mounted.push(disk);
    const filler = join(disk, "filler");
    // A little is left, so that a batch is taken in part.
    writeFileSync(filler, Buffer.alloc(16 * megabyte - 64 * 1024));
    const log = world.open();
    fill(log);
    await log.flush();
    assert.deepEqual(world.news, [{ kind: "failing", code: "ENOSPC" }]);
    await requestsGoOn(log);
    await log.flush();
    rmSync(filler);
    await assertResumed(log);
    assert.ok((await readLog(world.folder)).bad <= 2, "the lines torn by the full disk");
    log.dispose();
  });

  it("on a device that is always full goes on when it is replaced", async function () {
    if (process.platform !== "linux") return this.skip();
    const log = world.open();
    log.write(anAuditEntry());
    await log.flush();
    const part = join(world.folder, readdirSync(world.folder)[0]!);
    rmSync(part);
    symlinkSync("/dev/full", part);
    fill(log);
    await log.flush();
    await requestsGoOn(log);
    rmSync(part);
    await assertResumed(log);
  });

  it("on a read-only disk goes on when it is not any more", async function () {
    const disk = dirname(world.folder);
    if (!mount("--bind", disk, disk)) return this.skip();
    mounted.push(disk);
    execFileSync("mount", ["-o", "remount,ro,bind", disk]);
    const log = world.open();
    fill(log);
    await log.flush();
    assert.deepEqual(world.news, [{ kind: "failing", code: "EROFS" }]);
    await requestsGoOn(log);
    execFileSync("mount", ["-o", "remount,rw,bind", disk]);
    await assertResumed(log);
  });

  it("below a file, where no folder can be made, goes on when that is gone", async () => {
    writeFileSync(world.folder, "a file");
    const log = world.open();
    fill(log);
    await log.flush();
    await log.flush();
    await requestsGoOn(log);
    assert.equal(world.news.length, 1);
    rmSync(world.folder);
    await assertResumed(log);
  });

  it("on a disk that never answers holds up nobody", async function () {
    if (process.platform === "win32") return this.skip();
    const first = world.open();
    first.write(anAuditEntry());
    await first.flush();
    const part = join(world.folder, readdirSync(world.folder)[0]!);
    rmSync(part);
    // Opening a pipe that nobody reads waits for ever, as a stalled NFS does.
    execFileSync("mkfifo", [part]);
    const log = world.open();
    fill(log);
    const flushing = log.flush();
    await requestsGoOn(log);
    const reader = openSync(part, constants.O_RDONLY | constants.O_NONBLOCK);
    rmSync(part);
    closeSync(reader);
    await flushing;
    await assertResumedAfterPipe(log);
  });

  /** What was given to the pipe is lost with it; the rest is written. */
  async function assertResumedAfterPipe(log: AuditLog): Promise<void> {
    mkdirSync(world.folder, { recursive: true });
    await log.flush();
    const kept = numbersOf("this", await readLog(world.folder));
    assert.ok(kept.length > 0 && gaps(world.folder).length === 1);
    assert.equal(new Set(kept).size, kept.length);
  }
});

/** What the log says is missing. */
function gaps(folder: string): readonly number[] {
  const lines = execFileSync("grep", ["-rhE", '"dropped":', folder], { encoding: "utf8" });
  return lines
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { readonly dropped: number }).dropped);
}
