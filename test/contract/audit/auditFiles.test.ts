import assert from "node:assert/strict";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import type { AuditEntry } from "../../../src/core/audit/auditEntry.ts";
import { auditFiles } from "../../../src/io/audit/auditFiles.ts";
import { anAuditEntry } from "../../support/auditEntries.ts";
import { unaborted } from "../support/endpoints.ts";
import { auditWorld, readLog, upTo } from "./support/auditWorld.ts";

describe("the audit log's files", () => {
  const world = auditWorld();
  const part = (name: string): string => join(world.folder, name);
  const first = "audit-2026-11-20-here.001.jsonl";
  const second = "audit-2026-11-21-here.001.jsonl";
  const lines = (...entries: readonly AuditEntry[]): string =>
    entries.map((entry) => `\n${JSON.stringify(entry)}\n`).join("");

  beforeEach(() => mkdirSync(world.folder, { recursive: true }));

  it("are none where there is no folder", async () => {
    const files = auditFiles(join(world.folder, "missing"));
    assert.deepEqual(await files.parts(), []);
    assert.equal(await files.tail(1000), "");
    await files.delete();
  });

  it("are told oldest first, each with its size and its first entry's time, and nothing else in the folder", async () => {
    for (const name of ["audit-2026-11-21-here.010.jsonl", "audit-2026-11-21-here.009.jsonl", first]) {
      writeFileSync(part(name), lines(anAuditEntry({ time: "2026-11-21T10:00:00.000Z" })));
    }
    writeFileSync(part("notes.txt"), "mine");
    const parts = await auditFiles(world.folder).parts();
    assert.deepEqual(
      parts.map(({ path }) => path.slice(-28)),
      [first, "audit-2026-11-21-here.009.jsonl", "audit-2026-11-21-here.010.jsonl"].map((name) =>
        name.slice(-28),
      ),
    );
    assert.equal(parts[0]?.fromMs, Date.parse("2026-11-21T10:00:00.000Z"));
    assert.equal(parts[0].bytes, lines(anAuditEntry()).length);
  });

  it("are read past whatever is no entry: torn lines, other versions, other files, bytes that are no text", async () => {
    const good = anAuditEntry();
    const bad = [
      "{",
      "null",
      "[]",
      '"text"',
      "12",
      JSON.stringify({ ...good, v: 2 }),
      JSON.stringify({ ...good, time: "yesterday" }),
      JSON.stringify({ ...good, askedBy: "toString" }),
      JSON.stringify({ ...good, durationMs: "12" }),
      JSON.stringify({ ...good, inputTokens: -1 }),
      JSON.stringify(good).slice(0, -1),
    ];
    const blank = ["", " ", "\r"];
    const later = JSON.stringify({ ...good, carbon: { grams: 1 } });
    writeFileSync(part(first), [...bad, ...blank, later, JSON.stringify(good)].join("\n"));
    appendFileSync(part(first), Buffer.from([0x0a, 0xff, 0xfe, 0x00, 0x0a]));
    appendFileSync(part(first), '{"v":1,"time":"2026-11-21T10:00:00.000Z","dropped":3,"window":"x"}\n');
    const read = await readLog(world.folder);
    assert.deepEqual([read.entries.length, read.bad], [2, bad.length + 1]);
  });

  it("are read right wherever a block of the file ends", async () => {
    const entries = upTo(400).map((number) =>
      anAuditEntry({ path: `/${number}`, reply: "语".repeat((number * 37) % 3000) }),
    );
    writeFileSync(part(first), lines(...entries));
    assert.deepEqual((await readLog(world.folder)).entries, entries);
  });

  it("are read with memory for one line at most, and a line that is none of ours is one bad line", async () => {
    writeFileSync(part(first), lines(anAuditEntry()));
    for (let count = 0; count < 40; count++) appendFileSync(part(first), Buffer.alloc(1024 * 1024, "x"));
    appendFileSync(part(first), lines(anAuditEntry()));
    const read = await readLog(world.folder);
    assert.deepEqual([read.entries.length, read.bad], [2, 1]);
  });

  it("are read from a time on, without opening what was closed before it", async () => {
    const [old, late] = ["2026-11-20T10:00:00.000Z", "2026-11-21T10:00:00.000Z"];
    writeFileSync(part(first), `${lines(anAuditEntry({ time: old }))}{"torn`);
    utimesSync(part(first), Date.parse(old) / 1000, Date.parse(old) / 1000);
    writeFileSync(part(second), lines(anAuditEntry({ time: old }), anAuditEntry({ time: late })));
    const times: string[] = [];
    let bad = 0;
    await auditFiles(world.folder).read({
      fromMs: Date.parse("2026-11-21T00:00:00Z"),
      signal: unaborted(),
      onLine: ({ time }) => times.push(time),
      onBad: () => bad++,
    });
    assert.deepEqual([times, bad], [[late], 0]);
  });

  it("tell how far the reading is, and stop when they are told to", async () => {
    const entries = upTo(6000).map((number) => anAuditEntry({ path: `/${number}` }));
    writeFileSync(part(first), lines(...entries));
    const done: number[] = [];
    await auditFiles(world.folder).read({
      signal: unaborted(),
      onLine: () => undefined,
      onProgress: (bytes, total) => done.push(bytes / total),
    });
    assert.ok(done.length > 3 && done.at(-1) === 1);
    assert.deepEqual(
      done.toSorted((a, b) => a - b),
      done,
    );

    const stop = new AbortController();
    let count = 0;
    await auditFiles(world.folder).read({
      signal: stop.signal,
      onLine: () => {
        count++;
        stop.abort();
      },
    });
    assert.ok(count > 0 && count < 6000, `${count} lines after the abort`);
  });

  it("give other work its turn while they are read", async () => {
    writeFileSync(part(first), lines(...upTo(20_000).map(() => anAuditEntry())));
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await readLog(world.folder);
    clearInterval(timer);
    assert.ok(turns > 3, `${turns} turns`);
  });

  it("are exported as JSON lines as they stand, without what is no entry", async () => {
    const later = JSON.stringify({ ...anAuditEntry(), carbon: 1 });
    writeFileSync(part(first), `\n${later}\n\n{"torn\n`);
    writeFileSync(part(second), lines(anAuditEntry()));
    const target = join(dirname(world.folder), "out.jsonl");
    writeFileSync(target, "what was there before");
    assert.equal(await auditFiles(world.folder).exportTo(target, "jsonl", unaborted()), 2);
    assert.equal(readFileSync(target, "utf8"), `${later}\n${JSON.stringify(anAuditEntry())}\n`);
  });

  it("are exported as CSV, a row an entry", async () => {
    writeFileSync(part(first), lines(anAuditEntry({ prompt: 'a "b",\nc', model: "=cmd|calc" })));
    const target = join(dirname(world.folder), "out.csv");
    assert.equal(await auditFiles(world.folder).exportTo(target, "csv", unaborted()), 1);
    const text = readFileSync(target, "utf8");
    assert.ok(text.startsWith("\ufefftime,askedBy,endpoint,"));
    assert.ok(text.endsWith(',"a ""b"",\nc",\r\n') && text.includes(",'=cmd|calc,"));
  });

  it("leave nothing behind of an export that was cancelled or failed", async () => {
    writeFileSync(part(first), lines(...upTo(6000).map(() => anAuditEntry())));
    const folder = dirname(world.folder);
    const stop = new AbortController();
    stop.abort();
    const before = readdirSync(folder);
    await auditFiles(world.folder).exportTo(join(folder, "out.csv"), "csv", stop.signal);
    assert.deepEqual(readdirSync(folder), before);
    mkdirSync(join(folder, "taken.csv"));
    await assert.rejects(auditFiles(world.folder).exportTo(join(folder, "taken.csv"), "csv", unaborted()));
    assert.deepEqual(readdirSync(folder), [...before, "taken.csv"]);
  });

  it("are deleted, and what else lies there stays", async () => {
    writeFileSync(part(first), lines(anAuditEntry()));
    writeFileSync(part("notes.txt"), "mine");
    await auditFiles(world.folder).delete();
    assert.deepEqual(readdirSync(world.folder), ["notes.txt"]);
    assert.ok(existsSync(part("notes.txt")));
  });

  it("show the last whole lines that fit, over the parts' borders", async () => {
    writeFileSync(part(first), lines(anAuditEntry({ path: "/0" }), anAuditEntry({ path: "/1" })));
    writeFileSync(part(second), lines(anAuditEntry({ path: "/2" })));
    const files = auditFiles(world.folder);
    const paths = async (bytes: number): Promise<readonly string[]> =>
      (await files.tail(bytes))
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => (JSON.parse(line) as AuditEntry).path);
    const length = lines(anAuditEntry({ path: "/0" })).length;
    assert.deepEqual(await paths(10_000), ["/0", "/1", "/2"]);
    assert.deepEqual(await paths(2 * length + 10), ["/1", "/2"]);
    assert.deepEqual(await paths(length), ["/2"]);
    assert.deepEqual(await paths(length - 10), []);
  });
});
