/** The runs that outlive a reload, a file each: the newest, as many as are to be kept, within bounds of size. */

import { bytesOf, readKept, writeKept, type KeptRun } from "./keptRun.ts";

/** A folder of files of the archive's own. Each of its calls may reject. */
export interface RunFiles {
  names(): Promise<readonly string[]>;
  read(name: string): Promise<string>;
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

interface ArchiveOptions {
  /** How many runs to keep; 0: nothing is written, and what was written goes. */
  readonly keep: () => number;
  /** Stands at the end of a text that was cut. */
  readonly cutNote: string;
  /** Bytes of a file, and of all together. */
  readonly limits?: { readonly run: number; readonly all: number };
}

const usualLimits = { run: 2_000_000, all: 8_000_000 };

/** What is asked of it is done in that order. Files that can not be read or written are none: no run fails for them. */
export class RunArchive {
  readonly #files: RunFiles;
  readonly #options: Required<ArchiveOptions>;
  /** By run: when it began, and the bytes of its file. */
  readonly #known = new Map<string, { readonly startedAtMs: number; readonly bytes: number }>();
  #work: Promise<unknown> = Promise.resolve();

  constructor(files: RunFiles, options: ArchiveOptions) {
    this.#files = files;
    this.#options = { limits: usualLimits, ...options };
  }

  /** Newest first; what was kept beyond the bounds is removed. */
  load(): Promise<readonly KeptRun[]> {
    return this.#next([], async () => {
      await this.#removeUnlessKept();
      const found: KeptRun[] = [];
      for (const name of await this.#files.names()) {
        const kept = await this.#read(name);
        if (kept !== undefined) {
          found.push(kept);
        }
      }
      await this.#trim();
      return found
        .filter(({ snapshot }) => this.#known.has(snapshot.head.runId))
        .toSorted((a, b) => b.snapshot.head.startedAtMs - a.snapshot.head.startedAtMs);
    });
  }

  save(run: KeptRun): Promise<void> {
    return this.#next(undefined, async () => {
      if (this.#options.keep() === 0) {
        return;
      }
      const { runId, startedAtMs } = run.snapshot.head;
      const text = writeKept(run, this.#options.limits.run, this.#options.cutNote);
      await this.#files.write(fileOf(runId), text);
      this.#known.set(runId, { startedAtMs, bytes: bytesOf(text) });
      await this.#trim();
    });
  }

  remove(runIds: readonly string[]): Promise<void> {
    return this.#next(undefined, () => this.#remove(runIds));
  }

  /** Removes all but these, what is broken included. */
  clear(except: readonly string[]): Promise<void> {
    return this.#next(undefined, () => this.#clear(except));
  }

  /** Heeds what is to be kept by now. */
  trim(): Promise<void> {
    return this.#next(undefined, async () => {
      await this.#removeUnlessKept();
      await this.#trim();
    });
  }

  async #removeUnlessKept(): Promise<void> {
    if (this.#options.keep() === 0) {
      await this.#clear([]);
    }
  }

  async #clear(except: readonly string[]): Promise<void> {
    const kept = new Set(except.map(fileOf));
    for (const name of (await this.#files.names()).filter((each) => ownName.test(each) && !kept.has(each))) {
      this.#known.delete(name.replace(/\.json$/, ""));
      await this.#files.remove(name).catch(() => undefined);
    }
  }

  async #read(name: string): Promise<KeptRun | undefined> {
    const text = await this.#files.read(name).catch(() => "");
    const kept = text.length > 2 * this.#options.limits.run ? undefined : readKept(text);
    if (kept === undefined || name !== fileOf(kept.snapshot.head.runId)) {
      return undefined;
    }
    const { runId, startedAtMs } = kept.snapshot.head;
    this.#known.set(runId, { startedAtMs, bytes: bytesOf(text) });
    return kept;
  }

  async #trim(): Promise<void> {
    const newestFirst = [...this.#known].toSorted(([, a], [, b]) => b.startedAtMs - a.startedAtMs);
    const keep = this.#options.keep();
    let bytes = 0;
    const surplus = newestFirst.filter(([, each], index) => {
      bytes += each.bytes;
      return index >= keep || bytes > this.#options.limits.all;
    });
    await this.#remove(surplus.map(([runId]) => runId));
  }

  async #remove(runIds: readonly string[]): Promise<void> {
    for (const runId of runIds.filter((each) => this.#known.delete(each))) {
      await this.#files.remove(fileOf(runId)).catch(() => undefined);
    }
  }

  #next<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work).catch(() => otherwise);
    this.#work = done;
    return done;
  }
}

const ownName = /^[\w-]{1,64}\.json$/;

function fileOf(runId: string): string {
  return `${runId}.json`;
}
