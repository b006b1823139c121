/** One run as the panel shows it: what has come so far, and what is told to the page at most once a frame. */

import type { Redactor, StreamCleaner } from "../../core/diagnosis/redact.ts";
import type { RunEnd, RunHead, RunPanelContract, RunSnapshot } from "../../shared/runPanel.ts";

/** The page is told of new text at most this often. */
const frameMs = 33;

type Events = RunPanelContract["events"];
type Update = Omit<Events["run/updated"], "runId">;
export type Emit = <K extends keyof Events>(name: K, event: Events[K]) => void;

/** Every secret known is removed on the way in, so a snapshot is as clean as the page. */
export class RunSession {
  readonly #emit: Emit;
  readonly #redactor: Redactor;
  readonly #cleaners: { readonly answer: StreamCleaner; readonly reasoning: StreamCleaner };
  #snapshot: RunSnapshot;
  #pending = { answer: "", reasoning: "" };
  #timer: NodeJS.Timeout | undefined;

  constructor(head: RunHead, emit: Emit, redactor: Redactor) {
    this.#emit = emit;
    this.#redactor = redactor;
    this.#cleaners = { answer: redactor.stream(), reasoning: redactor.stream() };
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
    return this.#snapshot;
  }

  /** What was not known of the head when the run began. */
  amend(part: Pick<RunHead, "key"> | Pick<RunHead, "model">): void {
    this.#flush();
    const head = { ...this.#snapshot.head, ...this.#redactor.cleanDeep(part) };
    this.#snapshot = { ...this.#snapshot, head };
    this.#emit("run/shown", this.#snapshot);
  }

  append(answer: string, reasoning: string): void {
    this.#pending.answer += this.#cleaners.answer.push(answer);
    this.#pending.reasoning += this.#cleaners.reasoning.push(reasoning);
    this.#timer ??= setTimeout(() => this.#flush(), frameMs);
  }

  update(update: Update): void {
    const clean = this.#redactor.cleanDeep(update);
    this.#flush();
    this.#snapshot = { ...this.#snapshot, ...clean };
    this.#emit("run/updated", { runId: this.runId, ...clean });
  }

  end(end: RunEnd): void {
    this.#pending.reasoning += this.#cleaners.reasoning.end();
    this.#pending.answer += this.#cleaners.answer.end();
    this.#flush();
    const clean = this.#redactor.cleanDeep(end);
    this.#snapshot = { ...this.#snapshot, end: clean };
    this.#emit("run/ended", { runId: this.runId, end: clean });
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { answer, reasoning } = this.#pending;
    if (answer === "" && reasoning === "") {
      return;
    }
    this.#pending = { answer: "", reasoning: "" };
    const { answer: oldAnswer, reasoning: oldReasoning } = this.#snapshot;
    this.#snapshot = { ...this.#snapshot, answer: oldAnswer + answer, reasoning: oldReasoning + reasoning };
    this.#emit("run/appended", { runId: this.runId, answer, reasoning });
  }
}
