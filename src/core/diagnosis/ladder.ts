/** Climbs the rungs, telling of each as it lands, and stops at the first blocker. */

import type { Task } from "../endpoint/endpoint.ts";
import { Recorder } from "./recorder.ts";
import { isBlocker } from "./finding.ts";
import { withRemedies } from "./remedies/withRemedies.ts";
import type { Report, Rung, RungId } from "./report.ts";
import { blankRung, reportOf, rungOf } from "./reportOf.ts";
import type { AnyStep, DiagnosisPorts, Learned, Subject } from "./step.ts";

/** Yields the report so far: first with a rung `running`, then with what it found. The last one carries the verdict. */
export async function* diagnose(
  steps: readonly AnyStep[],
  subject: Subject,
  ports: DiagnosisPorts,
  signal: AbortSignal,
): AsyncGenerator<Report> {
  const climb = new Climb(steps, subject, ports, signal);
  for (const step of steps) {
    if (!climb.reaches(step)) {
      continue;
    }
    climb.begin(step);
    yield climb.report();
    await climb.land(step);
    if (signal.aborted || climb.isStopped()) {
      break;
    }
    yield climb.report();
  }
  yield climb.report();
}

/** One way up the ladder: what was learned so far, and which rungs have landed. */
class Climb {
  readonly #steps: readonly AnyStep[];
  readonly #subject: Subject;
  readonly #ports: DiagnosisPorts;
  readonly #signal: AbortSignal;
  readonly #startedAtMs: number;
  readonly #startMs: number;
  readonly #rungs = new Map<RungId, Rung>();
  /** Tasks that a blocker has ended; `all` when it was on a rung that every task stands on. */
  readonly #ended = new Set<Task | "all">();
  #learned: Learned = {};

  constructor(steps: readonly AnyStep[], subject: Subject, ports: DiagnosisPorts, signal: AbortSignal) {
    this.#steps = steps;
    this.#subject = subject;
    this.#ports = ports;
    this.#signal = signal;
    this.#startedAtMs = ports.clock.epochMs();
    this.#startMs = ports.clock.now();
  }

  /** Does this rung belong to the test, and has no blocker below it ended the climb? */
  reaches(step: AnyStep): boolean {
    return this.#applies(step) && !(step.task !== undefined && this.#ended.has(step.task));
  }

  isStopped(): boolean {
    return this.#ended.has("all");
  }

  begin({ id }: AnyStep): void {
    this.#rungs.set(id, blankRung(id, "running"));
  }

  async land(step: AnyStep): Promise<void> {
    const { clock } = this.#ports;
    const recorder = new Recorder(this.#ports.http, clock, this.#subject.credentials);
    const ports = { ...this.#ports, http: recorder.http };
    const startMs = clock.now();
    const judgement = await step.climb(this.#subject, this.#learned, ports, this.#signal);
    this.#learned = { ...this.#learned, ...judgement.learned };
    const isBlocked = judgement.findings.some(isBlocker) && !this.#signal.aborted;
    recorder.setRole("variation");
    const varied =
      isBlocked && step.vary !== undefined
        ? await step.vary(judgement, this.#subject, this.#learned, ports, this.#signal)
        : undefined;
    this.#learned = { ...this.#learned, ...varied?.learned };
    const { variations, ...found } = varied ?? { ...judgement, variations: [] };
    const findings = withRemedies(found.findings, this.#subject, this.#learned, step.task);
    if (findings.some(isBlocker)) {
      this.#ended.add(step.task ?? "all");
    }
    const exchanges = recorder.take();
    const climbed = { ...judgement, findings, variations, exchanges, durationMs: clock.now() - startMs };
    // A rung that was cancelled found nothing: a fault then is our own doing.
    const rung = this.#signal.aborted ? blankRung(step.id, "not-reached") : rungOf(step.id, climbed);
    this.#rungs.set(step.id, rung);
  }

  report(): Report {
    const rungs = this.#steps
      .filter((step) => this.#applies(step))
      .map(({ id }) => this.#rungs.get(id) ?? blankRung(id, "not-reached"));
    return reportOf(this.#subject, this.#learned, rungs, {
      startedAtMs: this.#startedAtMs,
      durationMs: this.#ports.clock.now() - this.#startMs,
      cancelled: this.#signal.aborted ? "cancelled" : "running",
    });
  }

  #applies({ task, depth = "basic" }: AnyStep): boolean {
    const tasks = this.#learned.tasks ?? this.#subject.tasks;
    return (
      (task === undefined || tasks.includes(task)) && (depth === "basic" || this.#subject.depth === "full")
    );
  }
}
