/** What has come since a moment, and a run with it added: the same for the panel's host and its page. */

import type { ToolCallAdded } from "./toolCallAssembler.ts";
import { addToolCall, type ToolCall } from "./transcript.ts";

export interface Appended {
  /** All of the answer before this was reasoning. */
  readonly relabelled?: true;
  readonly answer: string;
  readonly reasoning: string;
  /** What was added to which call. */
  readonly toolCalls?: readonly ToolCallAdded[];
}

interface Texts {
  readonly answer: string;
  readonly reasoning: string;
  readonly toolCalls?: readonly ToolCall[];
}

export function withAppended<T extends Texts>(before: T, appended: Appended): T {
  const isRelabelled = appended.relabelled === true;
  const reasoning = isRelabelled ? before.reasoning + before.answer : before.reasoning;
  const toolCalls = appended.toolCalls?.reduce(addToolCall, before.toolCalls ?? []);
  return {
    ...before,
    answer: (isRelabelled ? "" : before.answer) + appended.answer,
    reasoning: reasoning + appended.reasoning,
    ...(toolCalls === undefined ? {} : { toolCalls }),
  };
}
