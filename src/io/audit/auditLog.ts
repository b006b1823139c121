/**
 * The writing side of the audit log: JSON lines, appended by any number of windows at once.
 *
 * Lines are gathered for a moment and written as one batch by one `write` on a file opened with `O_APPEND`, which the
 * system puts at the end in one piece. A batch begins and ends with a line feed: what a crash or a full disk left of an
 * earlier line ends there, and can not swallow the next. The blank line between two batches costs a byte for a few
 * hundred, and every reader skips it.
 */

import { appendFileSync, mkdirSync, readdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import type { AuditEntry, AuditGap } from "../../core/audit/auditEntry.ts";
import type { AuditLog, AuditLogOptions } from "../../core/audit/auditLog.ts";
import { cleanEntry } from "../../core/audit/cleanEntry.ts";
import { deleteOldParts, newestIndex, openPart, partBytes, partName } from "./auditParts.ts";

const gatherMs = 100;
const batchBytes = 512 * 1024;
/** What waits for a disk that is slow or full: about half an hour of a busy window, or this much memory. */
const mostWaiting = 20_000;
const mostWaitingCharacters = 16 * 1024 * 1024;
const firstRetryMs = 1000;
const lastRetryMs = 60_000;

export function openAuditLog(folder: string, options: AuditLogOptions): AuditLog {
  return new FileAuditLog(folder, options);
}

interface Batch {
  readonly bytes: Buffer;
  /** Where each entry's line ends. */
  readonly ends: readonly number[];
  /** The entries that its last line reports as missing. */
  readonly gap: number;
}

class FileAuditLog implements AuditLog {
  readonly #folder: string;
  readonly #options: AuditLogOptions;
  readonly #epochMs: () => number;
  readonly #host =
    hostname()
      .replace(/[^A-Za-z0-9]+/g, "-")
      .slice(0, 40) || "machine";
  #waiting: AuditEntry[] = [];
  #waitingCharacters = 0;
  #dropped = 0;
  /** The batch that the system was given and has not answered for. */
  #submitted: Batch | undefined;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #retryMs: number | undefined;
  #hasPruned = false;
  #isDisposed = false;

  constructor(folder: string, options: AuditLogOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#epochMs = options.epochMs ?? Date.now;
  }

  write(entry: AuditEntry): void {
    if (this.#isDisposed) {
      return;
    }
    const characters = sizeOf(entry);
    if (this.#waiting.length >= mostWaiting || this.#waitingCharacters + characters > mostWaitingCharacters) {
      this.#dropped++;
      return;
    }
    this.#waiting.push(entry);
    this.#waitingCharacters += characters;
    this.#schedule();
  }

  async flush(): Promise<void> {
    await this.#working;
    await this.#work();
  }

  dispose(): void {
    if (this.#isDisposed) {
      return;
    }
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    // What the system was given already is not given to it twice.
    this.#waiting.splice(0, this.#submitted?.ends.length ?? 0);
    this.#dropped -= this.#submitted?.gap ?? 0;
    try {
      while (this.#hasWork()) {
        this.#appendNow(this.#nextBatch());
      }
    } catch {
      // The window closes; there is nobody left to tell.
    }
  }

  #hasWork(): boolean {
    return this.#waiting.length > 0 || this.#dropped > 0;
  }

  #schedule(): void {
    if (this.#timer === undefined && this.#working === undefined && !this.#isDisposed && this.#hasWork()) {
      this.#timer = setTimeout(() => void this.#work(), this.#retryMs ?? gatherMs);
    }
  }

  #work(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#working ??= this.#writeAll().finally(() => {
      this.#working = undefined;
      this.#schedule();
    });
    return this.#working;
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#hasWork() && !this.#isDisposed) {
        const dropped = this.#dropped;
        await this.#writeBatch();
        this.#works(dropped);
      }
    } catch (error) {
      this.#fails(error);
    }
  }

  async #writeBatch(): Promise<void> {
    const limits = this.#options.limits();
    const { handle, name, isNew } = await openPart(this.#folder, this.#series(), partBytes(limits));
    try {
      // Disposing meanwhile has written it all.
      if (this.#isDisposed) {
        return;
      }
      const batch = this.#nextBatch();
      this.#submitted = batch;
      const { bytesWritten } = await handle.write(batch.bytes);
      this.#settle(batch, bytesWritten);
    } finally {
      this.#submitted = undefined;
      await handle.close();
    }
    if (isNew || !this.#hasPruned) {
      this.#hasPruned = true;
      await deleteOldParts(this.#folder, limits, name, this.#epochMs());
    }
  }

  /** Forgets what is on the disk. A full disk takes the beginning of a batch; the rest is written again, from its first incomplete line. */
  #settle({ bytes, ends, gap }: Batch, written: number): void {
    if (this.#isDisposed) {
      return;
    }
    const whole = this.#waiting.splice(0, ends.filter((end) => end <= written).length);
    this.#waitingCharacters -= whole.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (written < bytes.length) {
      throw Object.assign(new Error("the disk took a part of it"), { code: "ENOSPC" });
    }
    this.#dropped -= gap;
  }

  #nextBatch(): Batch {
    const most = Math.min(batchBytes, partBytes(this.#options.limits()));
    let text = "\n";
    let length = 1;
    const ends: number[] = [];
    for (const entry of this.#waiting) {
      const line = `${JSON.stringify(cleanEntry(entry, this.#options.redactor))}\n`;
      text += line;
      length += Buffer.byteLength(line);
      ends.push(length);
      if (length >= most) break;
    }
    const gap = ends.length === this.#waiting.length ? this.#dropped : 0;
    return { bytes: Buffer.from(text + (gap > 0 ? this.#gapLine(gap) : "")), ends, gap };
  }

  #gapLine(dropped: number): string {
    const time = new Date(this.#epochMs()).toISOString();
    const gap: AuditGap = { v: 1, time, dropped, window: this.#options.window };
    return `${JSON.stringify(gap)}\n`;
  }

  #appendNow(batch: Batch): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const series = this.#series();
    const name = partName(series, newestIndex(readdirSync(this.#folder), series));
    appendFileSync(join(this.#folder, name), batch.bytes, { mode: 0o600 });
    this.#waiting.splice(0, batch.ends.length);
    this.#dropped -= batch.gap;
  }

  #series(): { readonly day: string; readonly host: string } {
    return { day: new Date(this.#epochMs()).toISOString().slice(0, 10), host: this.#host };
  }

  #fails(error: unknown): void {
    const isNews = this.#retryMs === undefined;
    this.#retryMs = Math.min((this.#retryMs ?? firstRetryMs / 2) * 2, lastRetryMs);
    if (isNews) {
      this.#options.tell({ kind: "failing", code: (error as NodeJS.ErrnoException).code ?? String(error) });
    }
  }

  #works(dropped: number): void {
    if (this.#retryMs !== undefined) {
      this.#retryMs = undefined;
      this.#options.tell({ kind: "working", dropped });
    }
  }
}

/** About what it weighs in memory. */
function sizeOf({ prompt = "", reply = "" }: AuditEntry): number {
  return 500 + prompt.length + reply.length;
}
