/**
 * SiliconFlow: docs.siliconflow.cn/docs/api/chat-completions-post (copy of 2026) for names and ranges; top_k, frequency_penalty,
 * response_format and tools from the request that page shows.
 */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, number, responseFormat, stop, tools } from "./spec.ts";

export const siliconflow: readonly ParameterSpec[] = [
  number("temperature", { min: 0, max: 2 }),
  number("top_p", { max: 1 }),
  integer("top_k"),
  integer("max_tokens"),
  stop(4),
  // For Qwen3 alone.
  number("min_p", { max: 1 }),
  number("frequency_penalty"),
  responseFormat,
  tools,
];
