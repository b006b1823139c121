/** Reads the events of a chat stream one by one, and says how the stream ended. */

import type { EventSourceMessage } from "eventsource-parser";

import { holdsError, parseJson } from "../diagnosis/errorEnvelope.ts";
import { excerpt } from "../diagnosis/evidence.ts";
import type { Finding } from "../diagnosis/finding.ts";
import { judgeFault } from "../diagnosis/judgeFault.ts";
import { type Asked, judgeReply } from "../diagnosis/judgeReply.ts";
import type { NetworkFault } from "../ports.ts";
import { readChunk } from "./chatChunk.ts";
import { createLanes } from "./lanes.ts";
import type { Outcome, StreamEvent } from "./streamEvent.ts";

export interface EventReader {
  read(event: EventSourceMessage): readonly StreamEvent[];
  /** A comment: DashScope's native stream says the status of the event that follows in one (`:HTTP_STATUS/429`). */
  comment(text: string): void;
  /** Set once the stream has said how it ends (`[DONE]` or an error event). */
  outcome(): Outcome | undefined;
  /** Called once after the body; yields what was held back and the one `ended`. `quiet`: only keep-alives came at last. */
  end(fault: NetworkFault | undefined, atLast: "quiet" | "speaking"): readonly StreamEvent[];
}

export function createEventReader(asked: Asked): EventReader {
  return new Reader(asked);
}

class Reader implements EventReader {
  readonly #asked: Asked;
  readonly #lanes = createLanes();
  #outcome: Outcome | undefined;
  #finishReason: string | undefined;
  #malformed = 0;
  #status = 200;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  outcome(): Outcome | undefined {
    return this.#outcome;
  }

  comment(text: string): void {
    const status = /^\s*HTTP_STATUS\/(\d{3})\s*$/.exec(text)?.[1];
    this.#status = status === undefined ? this.#status : Number(status);
  }

  read(event: EventSourceMessage): readonly StreamEvent[] {
    const data = event.data.trim();
    if (this.#outcome !== undefined || data === "") {
      return [];
    }
    if (data === "[DONE]") {
      this.#outcome = { kind: "finished", finishReason: this.#finishReason ?? "" };
      return [];
    }
    const value = parseJson(data);
    if (event.event === "error" || holdsError(value)) {
      this.#outcome = { kind: "failed", findings: [judgeErrorEvent(data, this.#status, this.#asked)] };
      return [];
    }
    const parts = readChunk(value);
    if (parts === undefined) {
      const isFirst = ++this.#malformed === 1;
      return isFirst ? [{ kind: "noticed", finding: noticed("http.malformed", [excerpt(data, 300)]) }] : [];
    }
    this.#finishReason = parts.finishReason ?? this.#finishReason;
    return this.#lanes.read(parts);
  }

  end(fault: NetworkFault | undefined, atLast: "quiet" | "speaking"): readonly StreamEvent[] {
    const events = [...this.#lanes.end()];
    if (this.#outcome === undefined && this.#status >= 400 && fault?.code !== "ABORTED") {
      // An error event without data is no event to the standard; its comment is all there is.
      this.#outcome = { kind: "failed", findings: [judgeErrorEvent("", this.#status, this.#asked)] };
    }
    if (this.#outcome === undefined && this.#finishReason !== undefined && fault?.code !== "ABORTED") {
      // Everything was said; only the closing mark is missing (servers.md 0.9).
      const evidence = [`finish_reason: ${this.#finishReason}`];
      // DashScope's native stream has none.
      if (!this.#lanes.isNative()) {
        events.push({ kind: "noticed", finding: noticed("stream.no-done", evidence, "note") });
      }
      this.#outcome = { kind: "finished", finishReason: this.#finishReason };
    }
    return [...events, { kind: "ended", outcome: this.#outcome ?? cutOutcome(fault, atLast, this.#asked) }];
  }
}

/** A finding made while reading a stream. */
export function noticed(
  code: Finding["code"],
  evidence: readonly string[],
  severity: Finding["severity"] = "warning",
): Finding {
  return { code, severity, evidence, fixes: [{ kind: "test-again" }] };
}

/** What came of a plain reply that was cut stands with the finding: nobody can read it as an answer. */
export function withArrived(finding: Finding, body: string): Finding {
  return body === ""
    ? finding
    : {
        ...finding,
        evidence: [...finding.evidence, `${body.length} characters had come: ${excerpt(body, 300)}`],
      };
}

function cutOutcome(fault: NetworkFault | undefined, atLast: "quiet" | "speaking", asked: Asked): Outcome {
  if (fault?.code === "ABORTED") {
    return { kind: "stopped" };
  }
  const evidence = fault === undefined ? [] : judgeFault(asked.method, asked.url, fault, "status").evidence;
  const isStalled = fault?.timer === "idle" || (fault?.timer === "total" && atLast === "quiet");
  const code = isStalled ? "stream.stalled" : "stream.cut";
  return { kind: "failed", findings: [noticed(code, evidence, "blocker")] };
}

/** What the error says decides (a rate limit stays one in a stream); otherwise it is a stream's error event. */
export function judgeErrorEvent(data: string, status: number, asked: Asked): Finding {
  const value = parseJson(data);
  // DashScope's native error events carry a flat `{code, message}`.
  const hasError = typeof value === "object" && value !== null && "error" in value;
  const body = hasError ? data : `{"error":${value === undefined ? JSON.stringify(data) : data}}`;
  const reply = {
    status: status < 400 ? 200 : status,
    headers: { "content-type": "application/json" },
    body,
    bytes: data.length,
    timings: {},
  };
  const judged = judgeReply(reply, asked)[0];
  const code =
    judged === undefined || judged.code === "http.error-in-200" ? "stream.error-event" : judged.code;
  return {
    code,
    severity: "blocker",
    evidence: [excerpt(data), ...(status < 400 ? [] : [`HTTP_STATUS/${status}`])].filter(
      (line) => line !== "",
    ),
    fixes: judged?.fixes ?? [{ kind: "test-again" }],
  };
}
