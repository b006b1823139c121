/** Reads one chunk of a chat reply, streamed or whole, whatever the server calls its fields. Total: one odd field loses no other. */

import { type Fields, fieldsOf, listOf, textOf } from "./fields.ts";
import { lanesOf } from "./messageLanes.ts";
import type { ToolDelta } from "./toolCallAssembler.ts";
import type { Usage } from "./streamEvent.ts";
import { readUsage } from "./readUsage.ts";

/** What one chunk adds. */
export interface ChunkParts {
  readonly answer: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolDelta[];
  readonly finishReason?: string;
  readonly usage?: Usage;
  /** DashScope's native stream repeats in each event all that came before, unless it is asked not to. */
  readonly dialect?: "dashscope-native";
}

/** Undefined when the value is no chat chunk at all (an error, or something else). */
export function readChunk(value: unknown): ChunkParts | undefined {
  const chunk = fieldsOf(value);
  const output = fieldsOf(chunk?.["output"]);
  const choices = listOf((output ?? chunk)?.["choices"]);
  const first = choices?.[0] === undefined ? undefined : fieldsOf(choices[0]);
  const isOdd = choices === undefined || (choices.length > 0 && first === undefined);
  const usage = chunk === undefined ? undefined : readUsage(chunk, first);
  if (chunk === undefined || (isOdd && usage === undefined && output === undefined)) {
    return undefined;
  }
  const choice = first ?? output ?? {};
  const part = fieldsOf(choice["delta"]) ?? fieldsOf(choice["message"]);
  const { answer, reasoning } = part === undefined ? nothing : lanesOf(part);
  const finishReason = textOf(choice["finish_reason"]);
  return {
    answer: answer === "" ? (textOf(choice["text"]) ?? "") : answer,
    reasoning,
    toolCalls: part === undefined ? [] : toolDeltas(part),
    // DashScope's native stream says "null" as a text while it runs.
    ...(finishReason === undefined || finishReason === "null" ? {} : { finishReason }),
    ...(usage === undefined ? {} : { usage }),
    ...(output === undefined ? {} : { dialect: "dashscope-native" }),
  };
}

const nothing = { answer: "", reasoning: "" };

/** A whole reply. Undefined unless it holds a choice: usage alone, or no choices, is part of a stream and no answer. */
export function readCompletion(value: unknown): ChunkParts | undefined {
  const output = fieldsOf(fieldsOf(value)?.["output"]);
  const choice = fieldsOf(listOf((output ?? fieldsOf(value))?.["choices"])?.[0]) ?? output;
  const holds = fieldsOf(choice?.["message"]) ?? fieldsOf(choice?.["delta"]) ?? textOf(choice?.["text"]);
  return holds === undefined ? undefined : readChunk(value);
}

/** `function_call` is what `tool_calls` was before there could be several (OpenAI, 2023). */
function toolDeltas(part: Fields): readonly ToolDelta[] {
  const calls = listOf(part["tool_calls"]) ?? [];
  if (calls.length === 0) {
    const old = fieldsOf(part["function_call"]);
    return old === undefined ? [] : [toolDelta({ function: old }, undefined)];
  }
  return calls.flatMap((each, place) => {
    const call = fieldsOf(each);
    // The calls of a whole reply have no index: their places count. One call alone says nothing by its place.
    return call === undefined ? [] : [toolDelta(call, calls.length > 1 ? place : undefined)];
  });
}

function toolDelta(call: Fields, place: number | undefined): ToolDelta {
  const asked = fieldsOf(call["function"]) ?? {};
  const given = call["index"];
  const index = Number.isSafeInteger(given) ? (given as number) : place;
  const id = textOf(call["id"]) ?? "";
  return {
    ...(index === undefined ? {} : { index }),
    ...(id === "" ? {} : { id }),
    name: textOf(asked["name"]) ?? "",
    argumentsText: argumentsOf(asked["arguments"]),
  };
}

/** Some servers send the arguments as the object itself (Ollama's own form) instead of its text. */
function argumentsOf(value: unknown): string {
  return textOf(value) ?? (fieldsOf(value) === undefined ? "" : JSON.stringify(value));
}
