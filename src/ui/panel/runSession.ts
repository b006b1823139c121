/** One run as the panel shows it: what has come so far, and what is told to the page at most once a frame. */

import { withAppended } from "../../core/chat/appended.ts";
import type { StreamEvent } from "../../core/chat/streamEvent.ts";
import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { RunEnd, RunHead, RunPanelContract, RunSnapshot } from "../../shared/runPanel.ts";
import { RunText } from "./runText.ts";

/** The page is told of new text at most this often. */
const frameMs = 33;

type Events = RunPanelContract["events"];
type Update = Omit<Events["run/updated"], "runId">;
export type Emit = <K extends keyof Events>(name: K, event: Events[K]) => void;

/** Every secret known is removed on the way in, so a snapshot is as clean as the page. */
export class RunSession {
  readonly #emit: Emit;
  readonly #redactor: Redactor;
  readonly #text: RunText;
  readonly #columns: RunSession[] = [];
  #snapshot: RunSnapshot;
  #timer: NodeJS.Timeout | undefined;

  constructor(head: RunHead, emit: Emit, redactor: Redactor) {
    this.#emit = emit;
    this.#redactor = redactor;
    this.#text = new RunText(redactor);
    this.#snapshot = { head: redactor.cleanDeep(head), answer: "", reasoning: "", rungs: [], findings: [] };
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
    const columns = this.#columns.map((column) => column.snapshot());
    return columns.length === 0 ? this.#snapshot : { ...this.#snapshot, columns };
  }

  /** Of a comparison: one of its runs, shown beside the others. */
  column(head: RunHead): RunSession {
    const column = new RunSession(head, this.#emit, this.#redactor);
    this.#columns.push(column);
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
    this.#timer ??= setTimeout(() => this.#flush(), frameMs);
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
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const appended = this.#text.taken();
    if (appended !== undefined) {
      this.#snapshot = withAppended(this.#snapshot, appended);
      this.#emit("run/appended", { runId: this.runId, ...appended });
    }
  }
}
