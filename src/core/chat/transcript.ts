/** Folds stream events into what a run became: texts, usage, timings, findings. */

import type { Finding } from "../diagnosis/finding.ts";
import type { Outcome, RunTimings, StreamEvent, Usage } from "./streamEvent.ts";

export interface ToolCall {
  readonly name: string;
  readonly argumentsText: string;
}

export interface Transcript {
  readonly answer: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  readonly usage?: Usage;
  readonly findings: readonly Finding[];
  /** Absent while it runs. */
  readonly outcome?: Outcome;
  /** When the first content, reasoning or tool call came, on the clock's scale. */
  readonly firstAtMs?: number;
  readonly lastAtMs?: number;
}

export const emptyTranscript: Transcript = { answer: "", reasoning: "", toolCalls: [], findings: [] };

/** `nowMs` is the clock's time of the event. */
export function foldEvent(before: Transcript, event: StreamEvent, nowMs: number): Transcript {
  const stamped = { ...before, firstAtMs: before.firstAtMs ?? nowMs, lastAtMs: nowMs };
  switch (event.kind) {
    case "opened":
      return before;
    case "answer":
      return { ...stamped, answer: before.answer + event.text };
    case "reasoning":
      return { ...stamped, reasoning: before.reasoning + event.text };
    case "tool-call":
      return { ...stamped, toolCalls: addToolCall(before.toolCalls, event) };
    case "usage":
      return { ...before, usage: { ...before.usage, ...event.usage } };
    case "noticed":
      return { ...before, findings: [...before.findings, event.finding] };
    case "ended": {
      const failed = event.outcome.kind === "failed" ? event.outcome.findings : [];
      return { ...before, outcome: event.outcome, findings: withFirst(failed, before.findings) };
    }
  }
}

function addToolCall(
  calls: readonly ToolCall[],
  delta: { readonly index: number; readonly name: string; readonly argumentsText: string },
): readonly ToolCall[] {
  const index = Math.min(Math.max(0, delta.index), calls.length);
  const old = calls[index] ?? { name: "", argumentsText: "" };
  const call = { name: old.name + delta.name, argumentsText: old.argumentsText + delta.argumentsText };
  return [...calls.slice(0, index), call, ...calls.slice(index + 1)];
}

/**
 * Timings as vLLM's benchmark defines them: TTFT to the first content, E2EL to the end, and tokens a second as 1/TPOT
 * with TPOT = (E2EL − TTFT)/(N − 1). Only with the server's own token count; nothing is estimated.
 */
export function timingsOf(transcript: Transcript, startedAtMs: number, endedAtMs: number): RunTimings {
  const endToEndMs = endedAtMs - startedAtMs;
  if (transcript.firstAtMs === undefined) {
    return { endToEndMs };
  }
  const ttftMs = transcript.firstAtMs - startedAtMs;
  const tokens = transcript.usage?.completionTokens ?? 0;
  const generationMs = endToEndMs - ttftMs;
  return tokens > 1 && generationMs > 0
    ? { ttftMs, endToEndMs, tokensPerSecond: ((tokens - 1) / generationMs) * 1000 }
    : { ttftMs, endToEndMs };
}

/** What made it fail comes first, and replaces what was noticed of the same before. */
function withFirst(failed: readonly Finding[], noticed: readonly Finding[]): readonly Finding[] {
  return [...failed, ...noticed.filter(({ code }) => failed.every((each) => each.code !== code))];
}
