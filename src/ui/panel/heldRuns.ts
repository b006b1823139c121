/** The runs of this window: those that go on, those that have ended, and those of before a reload. */

import { wiresKept, type RunWire } from "../../core/chat/runWire.ts";
import type { RunHead, RunList, RunRow, RunSnapshot } from "../../shared/runPanel.ts";
import type { RunControls } from "./runPanel.ts";

/** A run that a panel can show. */
export interface HeldRun {
  readonly session: {
    readonly runId: string;
    readonly isRunning: boolean;
    snapshot(): RunSnapshot;
    /** The bytes of it are gone. */
    wireDropped?(): void;
  };
  readonly controls: RunControls;
}

/** In memory there are at least so many, also where nothing is kept on disk. */
const fewest = 30;

export class HeldRuns {
  readonly #mostBytes: number;
  /** Newest first. */
  #runs: readonly HeldRun[] = [];

  /** `mostBytes`: of the wires of all together. */
  constructor(mostBytes: number = wiresKept) {
    this.#mostBytes = mostBytes;
  }

  /** A run that has just begun. */
  add(run: HeldRun): void {
    this.#runs = [run, ...this.#runs];
  }

  /** Runs of before; one that is here already stays as it is. */
  addOlder(runs: readonly HeldRun[]): void {
    const fresh = runs.filter(({ session }) => this.find(session.runId) === undefined);
    this.#runs = [...this.#runs, ...fresh].toSorted((a, b) => startOf(b) - startOf(a));
  }

  find(runId: string): HeldRun | undefined {
    return this.#runs.find(({ session }) => session.runId === runId);
  }

  /** Also of a column of a comparison. */
  controlsOf(runId: string): RunControls | undefined {
    const own = this.find(runId)?.controls;
    return (
      own ?? this.#runs.map(({ controls }) => controls.columns?.get(runId)).find((each) => each !== undefined)
    );
  }

  running(): readonly string[] {
    return this.#runs.flatMap(({ session }) => (session.isRunning ? [session.runId] : []));
  }

  rows(): RunList["runs"] {
    return this.#runs.map(({ session }) => rowOf(session.snapshot()));
  }

  /** What is nearest to it in the list: the next older, else the next newer. */
  neighbourOf(runId: string): string | undefined {
    const index = this.#runs.findIndex(({ session }) => session.runId === runId);
    return (this.#runs[index + 1] ?? this.#runs[index - 1])?.session.runId;
  }

  newest(): string | undefined {
    return this.#runs[0]?.session.runId;
  }

  /** Says whether it is off the list; what goes on stays. */
  remove(runId: string): "removed" | "stays" {
    if (this.find(runId)?.session.isRunning !== false) {
      return "stays";
    }
    this.#runs = this.#runs.filter(({ session }) => session.runId !== runId);
    return "removed";
  }

  /** Takes off all that have ended. */
  clear(): void {
    this.#runs = this.#runs.filter(({ session }) => session.isRunning);
  }

  /** Lets the oldest go when there are more than `keep` that have ended; what is shown stays. */
  trim(keep: number, shown: readonly string[]): void {
    let left = keep === 0 ? fewest : keep;
    this.#runs = this.#runs.filter(({ session }) => {
      left -= session.isRunning ? 0 : 1;
      return session.isRunning || left >= 0 || shown.includes(session.runId);
    });
  }

  /** Lets the bytes of the oldest that have ended go where all keep too many; what is shown keeps them. */
  trimWires(shown: readonly string[]): void {
    let surplus = this.#runs.map(bytesOf).reduce((sum, bytes) => sum + bytes, 0) - this.#mostBytes;
    for (const run of this.#runs.toReversed()) {
      const bytes = bytesOf(run);
      if (surplus > 0 && bytes > 0 && !run.session.isRunning && !shown.includes(run.session.runId)) {
        surplus -= bytes;
        wiresOf(run).forEach((wire) => wire.drop());
        run.session.wireDropped?.();
      }
    }
  }
}

/** Of a comparison: those of its columns. */
function wiresOf({ controls }: HeldRun): readonly RunWire[] {
  return [controls, ...(controls.columns?.values() ?? [])].flatMap(({ wire }) => wire ?? []);
}

function bytesOf(run: HeldRun): number {
  return wiresOf(run).reduce((sum, wire) => sum + wire.bytes(), 0);
}

function startOf({ session }: HeldRun): number {
  return session.snapshot().head.startedAtMs;
}

/** Characters of a title; a row cuts it to its width. */
const titleLength = 120;

function rowOf(snapshot: RunSnapshot): RunRow {
  const { runId, kind, endpointName, model, startedAtMs } = snapshot.head;
  return {
    runId,
    kind,
    title: titleOf(snapshot.head),
    endpointName,
    model,
    startedAtMs,
    state: stateOf(snapshot),
  };
}

function titleOf({ input, endpointName }: RunHead): string {
  const asked = input
    .slice(0, 4 * titleLength)
    .replace(/\s+/g, " ")
    .trim();
  return asked === "" ? endpointName : asked.slice(0, titleLength);
}

function stateOf({ end, verdict }: RunSnapshot): RunRow["state"] {
  if (end?.state !== "finished") {
    return end?.state ?? "running";
  }
  return ({ good: "finished", warning: "warnings", bad: "failed" } as const)[verdict?.tone ?? "good"];
}
