/** Adds requests up to the figures of one group. */

import type { AuditEntry, AuditTask } from "../audit/auditEntry.ts";
import type { FindingCode } from "../diagnosis/finding.ts";
import { Durations } from "./durations.ts";
import type { Price } from "./prices.ts";
import type { UsageFigures } from "./usageReport.ts";

export class Tally {
  readonly #durations = new Durations();
  readonly #cost = new Map<string, number>();
  #requests = 0;
  #errors = 0;
  #stopped = 0;
  #inputTokens = 0;
  #outputTokens = 0;
  #uncounted = 0;
  #unpriced = 0;

  get requests(): number {
    return this.#requests;
  }

  add(entry: AuditEntry, price: Price | undefined): void {
    const end = endOf(entry);
    this.#requests += 1;
    this.#errors += end === "error" ? 1 : 0;
    this.#stopped += end === "stopped" ? 1 : 0;
    if (end === "well") {
      this.#durations.add(entry.durationMs);
    }
    this.#addTokens(entry, price);
  }

  figures(): UsageFigures {
    const [p50Ms, p95Ms, p99Ms] = [50, 95, 99].map((percent) => this.#durations.percentile(percent));
    return {
      requests: this.#requests,
      errors: this.#errors,
      stopped: this.#stopped,
      inputTokens: this.#inputTokens,
      outputTokens: this.#outputTokens,
      uncounted: this.#uncounted,
      unpriced: this.#unpriced,
      ...(p50Ms === undefined || p95Ms === undefined || p99Ms === undefined ? {} : { p50Ms, p95Ms, p99Ms }),
      cost: Object.fromEntries(this.#cost),
    };
  }

  #addTokens(entry: AuditEntry, price: Price | undefined): void {
    const input = countOf(entry.inputTokens);
    const output = countOf(entry.outputTokens);
    if (input === undefined && output === undefined) {
      this.#uncounted += isAnswered(entry) && modelTasks.has(entry.task) ? 1 : 0;
      return;
    }
    this.#inputTokens += input ?? 0;
    this.#outputTokens += output ?? 0;
    if (price === undefined) {
      this.#unpriced += 1;
      return;
    }
    const cost = ((input ?? 0) * price.input + (output ?? 0) * price.output) / 1_000_000;
    this.#cost.set(price.currency, (this.#cost.get(price.currency) ?? 0) + cost);
  }
}

const modelTasks: ReadonlySet<AuditTask> = new Set(["chat", "embedding", "rerank", "generate"]);
/** Errors that travel inside a good status. */
const errorsInside: ReadonlySet<FindingCode> = new Set(["http.error-in-200", "stream.error-event"]);

function endOf({ failure, status, finding }: AuditEntry): "well" | "error" | "stopped" {
  if (failure === "ABORTED") {
    return "stopped";
  }
  const isError = failure !== undefined || status === undefined || status >= 400;
  return isError || (finding !== undefined && errorsInside.has(finding)) ? "error" : "well";
}

function isAnswered({ status }: AuditEntry): boolean {
  return status !== undefined && status < 400;
}

/** A server may report anything as a number of tokens. */
function countOf(tokens: number | undefined): number | undefined {
  return typeof tokens === "number" && Number.isFinite(tokens) && tokens >= 0 ? tokens : undefined;
}
