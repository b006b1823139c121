/** One run as the panel shows it: what has come so far, and what is told to the page at most once a frame. */

import { withAppended } from "../../core/chat/appended.ts";
import type { StreamEvent } from "../../core/chat/streamEvent.ts";
import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { RunEnd, RunHead, RunPanelContract, RunSnapshot } from "../../shared/runPanel.ts";
import { Frames } from "./frames.ts";
import { RunText } from "./runText.ts";

type Events = RunPanelContract["events"];
type Update = Omit<Events["run/updated"], "runId">;
export type Emit = <K extends keyof Events>(name: K, event: Events[K]) => void;

/** `frames`: sessions that share theirs are told to a page in one message. `wire`: its bytes can be looked into. */
interface SessionOptions {
  readonly frames?: Frames;
  readonly wire?: RunSnapshot["wire"];
}

/** Every secret known is removed on the way in, so a snapshot is as clean as the page. */
export class RunSession {
  readonly #emit: Emit;
  readonly #redactor: Redactor;
  readonly #text: RunText;
  readonly #frames: Frames;
  readonly #gather = (): void => this.#flush();
  #columns: readonly RunSession[] = [];
  #snapshot: RunSnapshot;

  constructor(head: RunHead, emit: Emit, redactor: Redactor, { frames, wire }: SessionOptions = {}) {
    this.#emit = emit;
    this.#redactor = redactor;
    this.#frames = frames ?? new Frames();
    this.#text = new RunText(redactor);
    const kept = wire === undefined ? {} : { wire };
    const empty = { answer: "", reasoning: "", rungs: [], findings: [], ...kept };
    this.#snapshot = { head: redactor.cleanDeep(head), ...empty };
    this.#emit("run/shown", this.#snapshot);
  }

  get runId(): string {
    return this.#snapshot.head.runId;
  }

  get kind(): RunHead["kind"] {
    return this.#snapshot.head.kind;
  }

  get isRunning(): boolean {
    return this.#snapshot.end === undefined;
  }

  snapshot(): RunSnapshot {
    this.#flush();
    return this.#columns.length === 0
      ? this.#snapshot
      : { ...this.#snapshot, columns: this.#columns.map((column) => column.snapshot()) };
  }

  /** A run beside others of this one: shown with it, told by its door and in its frames. */
  column(head: RunHead, wire?: RunSnapshot["wire"]): RunSession {
    const column = new RunSession({ ...head, parentId: this.runId }, this.#emit, this.#redactor, {
      frames: this.#frames,
      ...(wire === undefined ? {} : { wire }),
    });
    this.#columns = [...this.#columns, column];
    return column;
  }

  /** What was not known of the head when the run began. */
  amend(part: Pick<RunHead, "key"> | Pick<RunHead, "model">): void {
    this.#flush();
    const head = { ...this.#snapshot.head, ...this.#redactor.cleanDeep(part) };
    this.#snapshot = { ...this.#snapshot, head };
    this.#emit("run/shown", this.snapshot());
  }

  /** What a chat's event says; those that say nothing for the reader are passed over. */
  take(event: StreamEvent): void {
    switch (event.kind) {
      case "answer":
      case "reasoning":
        this.#text.add(event.kind, event.text);
        break;
      case "tool-call":
        this.#text.addToolCall(event);
        break;
      case "relabelled":
        this.#text.relabel();
        break;
      default:
        return;
    }
    this.#frames.gather(this.#gather);
  }

  /** What went over the wire can not be looked into any more. */
  wireDropped(): void {
    if (this.#snapshot.wire === "kept") {
      this.#snapshot = { ...this.#snapshot, wire: "dropped" };
    }
    this.#columns.forEach((column) => column.wireDropped());
  }

  update(update: Update): void {
    const clean = this.#redactor.cleanDeep(update);
    this.#flush();
    this.#snapshot = { ...this.#snapshot, ...clean };
    this.#emit("run/updated", { runId: this.runId, ...clean });
  }

  end(end: RunEnd): void {
    this.#text.end();
    this.#flush();
    const clean = this.#redactor.cleanDeep(end);
    this.#snapshot = { ...this.#snapshot, end: clean };
    this.#emit("run/ended", { runId: this.runId, end: clean });
  }

  #flush(): void {
    const appended = this.#text.taken();
    if (appended !== undefined) {
      this.#snapshot = withAppended(this.#snapshot, appended);
      this.#emit("run/appended", { runId: this.runId, ...appended });
    }
  }
}
