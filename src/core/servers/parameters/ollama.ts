/**
 * Ollama's OpenAI route, fb3076099 (2026-08-21): `ChatCompletionRequest` and `FromChatRequest` in openai/openai.go. It has no
 * top_k, min_p or tool_choice there, and checks no ranges.
 */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, logprobs, number, responseFormat, stop, tools } from "./spec.ts";

export const ollama: readonly ParameterSpec[] = [
  number("temperature", {}, 1),
  number("top_p", {}, 1),
  integer("max_tokens"),
  stop(),
  integer("seed"),
  number("presence_penalty"),
  number("frequency_penalty"),
  responseFormat,
  tools,
  logprobs,
  integer("top_logprobs"),
];
