/**
 * The files of the audit log. A part is named by its UTC day, the machine and a number, and is only ever appended to:
 * nothing is renamed and no lock is held, so that there is nothing that two windows could do at the wrong moment. Each
 * window finds the newest part of the day before every batch; when it is full, the next number is the current one for
 * all. Two windows that come to it at once open the same file, and one that looked a moment earlier makes a part a
 * batch longer. The machine is in the name because `O_APPEND` holds between processes of one machine, and not between
 * two that share a home over NFS.
 */

import { mkdir, open, readdir, stat, unlink, type FileHandle } from "node:fs/promises";
import { join } from "node:path";

import type { AuditLimits } from "../../core/audit/auditLog.ts";

/** What the windows of a machine share on a day. */
export interface PartSeries {
  /** `2026-11-21`, in UTC. */
  readonly day: string;
  readonly host: string;
}

export interface PartFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

const pattern = /^audit-(\d{4}-\d\d-\d\d)-([A-Za-z0-9-]+)\.(\d+)\.jsonl$/;

/** Ten parts make a log, so that deleting the oldest loses little at a time. */
export function partBytes({ maxBytes }: AuditLimits): number {
  return Math.min(10 * 1024 * 1024, Math.ceil(maxBytes / 10));
}

/** All parts, oldest first; empty where there is no folder yet. */
export async function listParts(folder: string): Promise<readonly PartFile[]> {
  const names = (await namesIn(folder)).filter((name) => pattern.test(name));
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      // Another window may have deleted it since.
      const { size, mtimeMs } = await stat(path).catch(() => ({ size: -1, mtimeMs: 0 }));
      return { name, path, bytes: size, mtimeMs };
    }),
  );
  return found.filter(({ bytes }) => bytes >= 0).sort((a, b) => (orderOf(a.name) < orderOf(b.name) ? -1 : 1));
}

/** Opens the part that is to be appended to. Only the owner may read it. */
export async function openPart(
  folder: string,
  series: PartSeries,
  fullBytes: number,
): Promise<{ readonly handle: FileHandle; readonly name: string; readonly isNew: boolean }> {
  await makeFolder(folder);
  for (let index = newestIndex(await namesIn(folder), series); ; index++) {
    const name = partName(series, index);
    const handle = await open(join(folder, name), "a", 0o600);
    const { size } = await handle.stat().catch(async (error: unknown) => {
      await handle.close();
      throw error;
    });
    if (size < fullBytes) {
      return { handle, name, isNew: size === 0 };
    }
    await handle.close();
  }
}

/** The number to go on with. */
export function newestIndex(names: readonly string[], { day, host }: PartSeries): number {
  const indexes = names.flatMap((name) => {
    const [, ofDay, ofHost, index] = pattern.exec(name) ?? [];
    return ofDay === day && ofHost === host ? [Number(index)] : [];
  });
  return Math.max(1, ...indexes);
}

export function partName({ day, host }: PartSeries, index: number): string {
  return `audit-${day}-${host}.${String(index).padStart(3, "0")}.jsonl`;
}

/** Deletes the oldest parts beyond the limits; room for one more part is left. Never the part that is being written. */
export async function deleteOldParts(
  folder: string,
  limits: AuditLimits,
  current: string,
  nowMs: number,
): Promise<void> {
  const parts = (await listParts(folder)).filter(({ name }) => name !== current);
  let total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes, mtimeMs } of parts) {
    if (total > limits.maxBytes - partBytes(limits) || mtimeMs < nowMs - limits.keepMs) {
      // Another window may have done so already.
      await unlink(path).catch(() => undefined);
      total -= bytes;
    }
  }
}

/** Node answers ENOENT for a read-only disk when it is to make the folders above as well, so that comes second. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch(async (error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    } else if (code !== "EEXIST") {
      throw error;
    }
  });
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return [];
    }
    throw error;
  }
}

/** Days in their order, then the numbers. */
function orderOf(name: string): string {
  const [, day = "", host = "", index = ""] = pattern.exec(name) ?? [];
  return `${day} ${index.padStart(9, "0")} ${host}`;
}
