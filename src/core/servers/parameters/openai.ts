/**
 * OpenAI and Azure OpenAI: `ChatCompletionCreateParamsBase` of the openai package 7.55.0. Newer models refuse max_tokens
 * ("Use 'max_completion_tokens' instead"), and reasoning models most of the sampling.
 */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, logprobs, number, responseFormat, stop, toolChoice, tools } from "./spec.ts";

export const openai: readonly ParameterSpec[] = [
  number("temperature", { min: 0, max: 2 }),
  number("top_p", { min: 0, max: 1 }),
  integer("max_completion_tokens"),
  stop(4),
  integer("seed"),
  number("presence_penalty", { min: -2, max: 2 }),
  number("frequency_penalty", { min: -2, max: 2 }),
  responseFormat,
  tools,
  toolChoice("auto", "none", "required"),
  logprobs,
  integer("top_logprobs", { min: 0, max: 20 }),
];
