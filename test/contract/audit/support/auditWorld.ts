import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { inProject } from "../../../../dev/paths.ts";
import { temporaryFolder } from "../../../../dev/temporary.ts";
import type { AuditEntry } from "../../../../src/core/audit/auditEntry.ts";
import type { AuditLog, AuditLogOptions, AuditNews } from "../../../../src/core/audit/auditLog.ts";
import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import { auditFiles } from "../../../../src/io/audit/auditFiles.ts";
import { openAuditLog } from "../../../../src/io/audit/auditLog.ts";
import { unaborted } from "../../support/endpoints.ts";

export const megabyte = 1024 * 1024;
export const dayMs = 24 * 3600 * 1000;

export interface AuditWorld {
  /** The log's folder; not there yet. */
  readonly folder: string;
  readonly news: readonly AuditNews[];
  /** A log of this process, disposed of after the test. */
  readonly open: (changes?: Partial<AuditLogOptions>) => AuditLog;
}

/** Call it in a `describe`: a fresh folder for each test. */
export function auditWorld(): AuditWorld {
  const world = { folder: "", news: [] as AuditNews[], open };
  const logs: AuditLog[] = [];
  let root: ReturnType<typeof temporaryFolder>;
  function open(changes: Partial<AuditLogOptions> = {}): AuditLog {
    const log = openAuditLog(world.folder, {
      redactor: createRedactor(),
      limits: () => ({ maxBytes: 100 * megabyte, keepMs: dayMs }),
      tell: (each) => world.news.push(each),
      window: "this",
      ...changes,
    });
    logs.push(log);
    return log;
  }
  beforeEach(() => {
    root = temporaryFolder("audit");
    world.folder = join(root.path, "audit");
    world.news.length = 0;
  });
  afterEach(() => {
    for (const log of logs.splice(0)) log.dispose();
    root.remove();
  });
  return world;
}

export interface ReadLog {
  readonly entries: readonly AuditEntry[];
  readonly bad: number;
}

export async function readLog(folder: string): Promise<ReadLog> {
  const entries: AuditEntry[] = [];
  let bad = 0;
  await auditFiles(folder).read({
    signal: unaborted(),
    onLine: (entry) => void entries.push(entry),
    onBad: () => bad++,
  });
  return { entries, bad };
}

/** The numbers that a writer gave to its entries, as they stand in the log. */
export function numbersOf(name: string, { entries }: ReadLog): readonly number[] {
  return entries.flatMap(({ window, path }) =>
    window === name ? [Number(path.slice(name.length + 2))] : [],
  );
}

export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, number) => number);
}

export interface Writer {
  readonly child: ChildProcess;
  /** Resolves when it has ended by itself, with what it said on its error channel. */
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
  /** Entries that it knows to be on the disk. */
  readonly flushed: () => number;
}

/** Starts `writer.ts` as a process of its own. */
export function startWriter(...args: readonly (string | number)[]): Writer {
  const script = inProject("test", "contract", "audit", "support", "writer.ts");
  const child = spawn(process.execPath, [script, ...args.map(String)]);
  let [out, errors] = ["", ""];
  child.stdout.on("data", (bytes: Buffer) => (out += bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => (errors += bytes.toString()));
  return {
    child,
    ended: once(child, "close").then(([code]) => ({ code: code as number | null, errors })),
    flushed: () => Number(out.trimEnd().split("\n").at(-1)),
  };
}
