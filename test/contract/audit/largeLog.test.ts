import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { linkSync, mkdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { inProject } from "../../../dev/paths.ts";
import { anAuditEntry } from "../../support/auditEntries.ts";
import { auditWorld, megabyte } from "./support/auditWorld.ts";

interface Found {
  readonly entries: number;
  readonly bad: number;
  readonly tokens: number;
  readonly tail: number;
  readonly mostMegabytes: number;
}

/** Node itself, its code and its buffers take some 100 MB. */
const mostMegabytes = 300;

describe("a large audit log", () => {
  const world = auditWorld();
  const part = (index: number): string =>
    join(world.folder, `audit-2026-11-21-here.${String(index).padStart(3, "0")}.jsonl`);

  /** A part's content, and hard links to it for the others: the reader reads every byte of all of them. */
  function makeParts(line: string, partBytes: number, parts: number): { bytes: number; lines: number } {
    const lines = Math.floor(partBytes / (line.length + 2));
    mkdirSync(world.folder, { recursive: true });
    writeFileSync(part(1), `\n${line}\n`.repeat(lines));
    for (let index = 2; index <= parts; index++) linkSync(part(1), part(index));
    return { bytes: statSync(part(1)).size * parts, lines: lines * parts };
  }

  async function read(): Promise<Found> {
    const script = inProject("test", "contract", "audit", "support", "reader.ts");
    const args = ["--max-old-space-size=64", script, world.folder];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return JSON.parse(stdout) as Found;
  }

  it("of 1 GB is read in little memory", async function () {
    this.timeout(120_000);
    const line = JSON.stringify(anAuditEntry({ prompt: "x".repeat(64 * 1024) }));
    const made = makeParts(line, 10 * megabyte, 104);
    assert.ok(made.bytes > 1_000_000_000);
    const found = await read();
    assert.deepEqual([found.entries, found.bad, found.tokens], [made.lines, 0, made.lines * 34]);
    assert.ok(found.mostMegabytes < mostMegabytes, `${found.mostMegabytes} MB`);
  });

  it("of 100 MB of short lines is read in little memory", async function () {
    this.timeout(120_000);
    const made = makeParts(JSON.stringify(anAuditEntry()), 10 * megabyte, 10);
    const found = await read();
    assert.deepEqual([found.entries, found.bad], [made.lines, 0]);
    assert.ok(found.tail > 60_000);
    assert.ok(found.mostMegabytes < mostMegabytes, `${found.mostMegabytes} MB`);
  });

  it("in one file of 1 GB without a single line is read in little memory", async function () {
    this.timeout(120_000);
    mkdirSync(world.folder, { recursive: true });
    writeFileSync(part(1), "");
    truncateSync(part(1), 1_000_000_000);
    const found = await read();
    assert.deepEqual([found.entries, found.bad, found.tail], [0, 1, 0]);
    assert.ok(found.mostMegabytes < mostMegabytes, `${found.mostMegabytes} MB`);
  });
});
