/** Token counts of a chunk, under the names that servers give them. */

import { type Fields, fieldsOf, numberOf } from "./fields.ts";
import type { Usage } from "./streamEvent.ts";

/** Undefined when the chunk counts nothing. `choice` is its first: Moonshot counts in there. */
export function readUsage(chunk: Fields, choice: Fields | undefined): Usage | undefined {
  const usage = fieldsOf(chunk["usage"]) ?? fieldsOf(choice?.["usage"]);
  const timings = fieldsOf(chunk["timings"]);
  if (usage === undefined && timings === undefined && chunk["eval_count"] === undefined) {
    return undefined;
  }
  const counts = { ...ollamaCounts(chunk), ...llamaCounts(timings), ...named(usage ?? {}) };
  return counts;
}

function named(usage: Fields): Usage {
  const prompt = fieldsOf(usage["prompt_tokens_details"]) ?? fieldsOf(usage["input_tokens_details"]);
  const completion = fieldsOf(usage["completion_tokens_details"]) ?? fieldsOf(usage["output_tokens_details"]);
  return counted({
    // DashScope's native API says input and output.
    promptTokens: usage["prompt_tokens"] ?? usage["input_tokens"],
    completionTokens: usage["completion_tokens"] ?? usage["output_tokens"],
    // SGLang counts them here, OpenAI in the details.
    reasoningTokens: completion?.["reasoning_tokens"] ?? usage["reasoning_tokens"],
    // DeepSeek's own name is the second.
    cachedTokens: prompt?.["cached_tokens"] ?? usage["prompt_cache_hit_tokens"],
  });
}

/** llama.cpp sends these in its last chunk, asked for usage or not; `prompt_n` leaves out what the cache held. */
function llamaCounts(timings: Fields | undefined): Usage {
  const cached = numberOf(timings?.["cache_n"]);
  const evaluated = numberOf(timings?.["prompt_n"]);
  return counted({
    promptTokens: evaluated === undefined ? undefined : evaluated + (cached ?? 0),
    completionTokens: timings?.["predicted_n"],
    cachedTokens: cached,
  });
}

function ollamaCounts(chunk: Fields): Usage {
  return counted({ promptTokens: chunk["prompt_eval_count"], completionTokens: chunk["eval_count"] });
}

function counted(
  counts: Readonly<Record<keyof Usage, unknown>> | Partial<Record<keyof Usage, unknown>>,
): Usage {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => numberOf(count) !== undefined));
}
