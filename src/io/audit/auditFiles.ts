/** The reading side of the audit log: loaded by the commands that need it. */

import { open, rename, rm, unlink, type FileHandle } from "node:fs/promises";

import type { AuditEntry } from "../../core/audit/auditEntry.ts";
import type { AuditFiles, AuditPart, AuditReadOptions } from "../../core/audit/auditFiles.ts";
import { listParts, type PartFile } from "./auditParts.ts";
import { csvHead, csvLine } from "./entryCsv.ts";
import { linesOf } from "./linesOf.ts";
import { readLine } from "./readLine.ts";

const writeCharacters = 256 * 1024;

export function auditFiles(folder: string): AuditFiles {
  return {
    parts: async () => Promise.all((await listParts(folder)).map(describePart)),
    read: (options) => readParts(folder, options),
    exportTo: (path, format, signal) => exportParts(folder, path, format, signal),
    delete: async () => {
      for (const { path } of await listParts(folder)) {
        await rm(path, { force: true });
      }
    },
    tail: (maxBytes) => tailOf(folder, maxBytes),
  };
}

/** What its first line says. */
async function describePart({ path, bytes }: PartFile): Promise<AuditPart> {
  const start = await readAt(path, 0, 1024).catch(() => "");
  const fromMs = Date.parse(/"time":"([^"]+)"/.exec(start)?.[1] ?? "");
  return { path, bytes, ...(Number.isNaN(fromMs) ? {} : { fromMs }) };
}

async function readParts(folder: string, options: AuditReadOptions): Promise<void> {
  const { fromMs = 0, signal, onLine, onBad, onProgress } = options;
  // What was sent later was written later: an older file holds none of it.
  const parts = (await listParts(folder)).filter(({ mtimeMs }) => mtimeMs >= fromMs);
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for await (const { lines, bytes } of blocksOf(parts, signal)) {
    for (const line of lines) {
      const read = line === undefined ? ({ kind: "bad" } as const) : readLine(line);
      if (read.kind === "bad") {
        onBad?.();
      } else if (read.kind === "entry" && (fromMs === 0 || Date.parse(read.entry.time) >= fromMs)) {
        onLine(read.entry);
      }
    }
    done += bytes;
    onProgress?.(Math.min(done, total), total);
  }
}

async function* blocksOf(
  parts: readonly PartFile[],
  signal: AbortSignal,
): AsyncGenerator<{ readonly lines: readonly (string | undefined)[]; readonly bytes: number }> {
  for (const { path } of parts) {
    try {
      yield* linesOf(path, signal);
    } catch (error) {
      // Another window may have deleted it since; the rest is still worth reading.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
        throw error;
      }
    }
  }
}

async function exportParts(
  folder: string,
  path: string,
  format: "jsonl" | "csv",
  signal: AbortSignal,
): Promise<number> {
  const parts = await listParts(folder);
  const partial = `${path}.${process.pid}.partial`;
  const handle = await open(partial, "w", 0o600);
  try {
    const written = await exportLines(blocksOf(parts, signal), handle, format).finally(() => handle.close());
    if (signal.aborted) {
      await unlink(partial);
      return 0;
    }
    await rename(partial, path);
    return written;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** JSON lines stay as they are, unknown fields of later versions included. */
async function exportLines(
  blocks: AsyncIterable<{ readonly lines: readonly (string | undefined)[] }>,
  handle: FileHandle,
  format: "jsonl" | "csv",
): Promise<number> {
  const asText = (line: string, entry: AuditEntry): string =>
    format === "csv" ? csvLine(entry) : `${line}\n`;
  let text = format === "csv" ? csvHead : "";
  let count = 0;
  for await (const { lines } of blocks) {
    for (const line of lines) {
      const read = line === undefined ? undefined : readLine(line);
      if (line !== undefined && read?.kind === "entry") {
        text += asText(line, read.entry);
        count++;
      }
    }
    if (text.length > writeCharacters) {
      await handle.appendFile(text);
      text = "";
    }
  }
  await handle.appendFile(text);
  return count;
}

async function tailOf(folder: string, maxBytes: number): Promise<string> {
  const texts: string[] = [];
  let room = maxBytes;
  for (const { path, bytes } of (await listParts(folder)).toReversed()) {
    const from = Math.max(0, bytes - room);
    const text = await readAt(path, from, Math.min(room, bytes)).catch(() => "");
    texts.unshift(from === 0 ? text : (/\n([^]*)/.exec(text)?.[1] ?? ""));
    room -= bytes;
    if (room <= 0) break;
  }
  return texts
    .join("\n")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => `${line}\n`)
    .join("");
}

async function readAt(path: string, from: number, bytes: number): Promise<string> {
  const handle = await open(path, "r");
  try {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await handle.read(buffer, 0, bytes, from);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}
