/** Reads the events of a chat stream one by one, and says how the stream ended. */

import type { EventSourceMessage } from "eventsource-parser";

import { holdsError, parseJson } from "../diagnosis/errorEnvelope.ts";
import { excerpt } from "../diagnosis/evidence.ts";
import type { Finding } from "../diagnosis/finding.ts";
import { judgeFault } from "../diagnosis/judgeFault.ts";
import { type Asked, judgeReply } from "../diagnosis/judgeReply.ts";
import type { NetworkFault } from "../ports.ts";
import { readChunk } from "./chatChunk.ts";
import { laneEvents, partsToEvents } from "./lanes.ts";
import type { Outcome, StreamEvent } from "./streamEvent.ts";
import { createThinkSplitter } from "./thinkSplitter.ts";

export interface EventReader {
  read(event: EventSourceMessage): Generator<StreamEvent>;
  /** Set once the stream has said how it ends (`[DONE]` or an error event). */
  outcome(): Outcome | undefined;
  /** Called once after the body; yields what was held back and the one `ended`. `quiet`: only keep-alives came at last. */
  end(fault: NetworkFault | undefined, atLast: "quiet" | "speaking"): Generator<StreamEvent>;
}

export function createEventReader(asked: Asked): EventReader {
  const splitter = createThinkSplitter();
  let outcome: Outcome | undefined;
  let finishReason: string | undefined;
  let malformed = 0;

  function* read(event: EventSourceMessage): Generator<StreamEvent> {
    const data = event.data.trim();
    if (outcome !== undefined || data === "") {
      return;
    }
    if (data === "[DONE]") {
      outcome = { kind: "finished", finishReason: finishReason ?? "" };
      return;
    }
    const value = parseJson(data);
    if (event.event === "error" || holdsError(value)) {
      outcome = { kind: "failed", findings: [judgeErrorEvent(data, asked)] };
      return;
    }
    const parts = readChunk(value);
    if (parts !== undefined) {
      finishReason = parts.finishReason ?? finishReason;
      yield* partsToEvents(parts, splitter);
    } else if (++malformed === 1) {
      yield { kind: "noticed", finding: noticed("http.malformed", [excerpt(data, 300)]) };
    }
  }

  function* end(fault: NetworkFault | undefined, atLast: "quiet" | "speaking"): Generator<StreamEvent> {
    yield* laneEvents(splitter.end());
    if (outcome === undefined && finishReason !== undefined && fault?.code !== "ABORTED") {
      // Everything was said; only the closing mark is missing (servers.md 0.9).
      yield {
        kind: "noticed",
        finding: noticed("stream.no-done", [`finish_reason: ${finishReason}`], "note"),
      };
      outcome = { kind: "finished", finishReason };
    }
    yield { kind: "ended", outcome: outcome ?? cutOutcome(fault, atLast, asked) };
  }

  return { read, outcome: () => outcome, end };
}

/** A finding made while reading a stream. */
export function noticed(
  code: Finding["code"],
  evidence: readonly string[],
  severity: Finding["severity"] = "warning",
): Finding {
  return { code, severity, evidence, fixes: [{ kind: "test-again" }] };
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
export function judgeErrorEvent(data: string, asked: Asked): Finding {
  const value = parseJson(data);
  // DashScope's native error events carry a flat `{code, message}`.
  const hasError = typeof value === "object" && value !== null && "error" in value;
  const body = hasError ? data : `{"error":${value === undefined ? JSON.stringify(data) : data}}`;
  const reply = {
    status: 200,
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
    evidence: [excerpt(data)],
    fixes: judged?.fixes ?? [{ kind: "test-again" }],
  };
}
