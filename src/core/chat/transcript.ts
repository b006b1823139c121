/** Folds stream events into what a run became: texts, tool calls, usage, findings. */

import type { Finding } from "../diagnosis/finding.ts";
import type { Outcome, StreamEvent, Usage } from "./streamEvent.ts";
import type { ToolCallAdded } from "./toolCallAssembler.ts";

export interface ToolCall {
  /** Absent where the server sent none. */
  readonly id?: string;
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
    case "received":
      return before;
    case "answer":
      return { ...stamped, answer: before.answer + event.text };
    case "reasoning":
      return { ...stamped, reasoning: before.reasoning + event.text };
    case "relabelled":
      return { ...before, answer: "", reasoning: before.reasoning + before.answer };
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

/** The calls with what was added to one of them. An index that is none of theirs begins the next. */
export function addToolCall(calls: readonly ToolCall[], added: ToolCallAdded): readonly ToolCall[] {
  const index = Math.min(Math.max(0, added.index), calls.length);
  const old = calls[index] ?? { name: "", argumentsText: "" };
  const id = old.id ?? added.id;
  const call = {
    ...(id === undefined ? {} : { id }),
    name: old.name + added.name,
    argumentsText: old.argumentsText + added.argumentsText,
  };
  return [...calls.slice(0, index), call, ...calls.slice(index + 1)];
}

/** What made it fail comes first, and replaces what was noticed of the same before. */
function withFirst(failed: readonly Finding[], noticed: readonly Finding[]): readonly Finding[] {
  return [...failed, ...noticed.filter(({ code }) => failed.every((each) => each.code !== code))];
}
