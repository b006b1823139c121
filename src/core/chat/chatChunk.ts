/** Reads one chunk of a chat reply, streamed or whole, whatever the server calls its fields. */

import * as v from "valibot";

import type { Usage } from "./streamEvent.ts";

/** What one chunk adds. */
export interface ChunkParts {
  readonly answer: string;
  readonly reasoning: string;
  readonly toolCalls: readonly {
    readonly index: number;
    readonly name: string;
    readonly argumentsText: string;
  }[];
  readonly finishReason?: string;
  readonly usage?: Usage;
}

/** A field that may be missing, null or of a wrong type: servers differ, and one odd field must not lose the text. */
function lenient<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T | undefined> {
  return v.fallback(v.optional(schema), undefined);
}

const toolCall = v.object({
  index: lenient(v.pipe(v.number(), v.integer())),
  function: lenient(v.object({ name: lenient(v.string()), arguments: lenient(v.string()) })),
});

const message = v.object({
  content: lenient(v.string()),
  reasoning_content: lenient(v.string()),
  reasoning: lenient(v.string()),
  tool_calls: lenient(v.array(toolCall)),
});

const choice = v.object({
  // `message` is a whole reply's, and what some gateways send in a stream.
  delta: lenient(message),
  message: lenient(message),
  text: lenient(v.string()),
  finish_reason: lenient(v.string()),
});

const usage = v.object({
  prompt_tokens: lenient(v.number()),
  completion_tokens: lenient(v.number()),
  // SGLang counts them here, OpenAI in the details.
  reasoning_tokens: lenient(v.number()),
  completion_tokens_details: lenient(v.object({ reasoning_tokens: lenient(v.number()) })),
});

const chunkSchema = v.object({ choices: lenient(v.array(choice)), usage: lenient(usage) });

/** Undefined when the value is no chat chunk at all (an error, or something else). */
export function readChunk(value: unknown): ChunkParts | undefined {
  const result = v.safeParse(chunkSchema, value);
  if (!result.success || (result.output.choices === undefined && result.output.usage === undefined)) {
    return undefined;
  }
  const first = result.output.choices?.[0];
  const part = first?.delta ?? first?.message;
  const counted = readUsage(result.output.usage);
  return {
    answer: part?.content ?? first?.text ?? "",
    // vLLM calls it `reasoning` since 2026-01-30 and sent both for a while (servers.md 0.9).
    reasoning: [part?.reasoning_content, part?.reasoning].find((text) => (text ?? "") !== "") ?? "",
    // The calls of a whole reply have no index: their places count.
    toolCalls: (part?.tool_calls ?? []).map((call, place) => ({
      index: call.index ?? place,
      name: call.function?.name ?? "",
      argumentsText: call.function?.arguments ?? "",
    })),
    // DashScope's native stream says "null" as a text while it runs.
    ...(first?.finish_reason === undefined || first.finish_reason === "null"
      ? {}
      : { finishReason: first.finish_reason }),
    ...(counted === undefined ? {} : { usage: counted }),
  };
}

const completionSchema = v.object({
  choices: v.looseTuple([
    v.union([
      v.object({ message: v.object({}) }),
      v.object({ delta: v.object({}) }),
      v.object({ text: v.string() }),
    ]),
  ]),
});

/** A whole reply. Undefined unless it holds a choice: usage alone, or no choices, is part of a stream and no answer. */
export function readCompletion(value: unknown): ChunkParts | undefined {
  return v.is(completionSchema, value) ? readChunk(value) : undefined;
}

function readUsage(counts: v.InferOutput<typeof usage> | undefined): Usage | undefined {
  if (counts === undefined) {
    return undefined;
  }
  const { prompt_tokens: prompt, completion_tokens: completion, completion_tokens_details: details } = counts;
  const reasoning = details?.reasoning_tokens ?? counts.reasoning_tokens;
  return {
    ...(prompt === undefined ? {} : { promptTokens: prompt }),
    ...(completion === undefined ? {} : { completionTokens: completion }),
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
  };
}
