/**
 * SGLang v0.5.18: names and types in python/sglang/srt/entrypoints/openai/protocol.py, ranges in `verify` of
 * python/sglang/srt/sampling/sampling_params.py. What is not sent comes from the model's generation_config.json.
 */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, logprobs, number, responseFormat, stop, toolChoice, tools } from "./spec.ts";

export const sglang: readonly ParameterSpec[] = [
  number("temperature", { min: 0 }),
  number("top_p", { above: 0, max: 1 }),
  // -1 turns it off; 0 is refused.
  integer("top_k", { min: -1 }),
  integer("max_tokens", { min: 0 }),
  stop(),
  integer("seed"),
  number("min_p", { min: 0, max: 1 }),
  number("presence_penalty", { min: -2, max: 2 }, 0),
  number("frequency_penalty", { min: -2, max: 2 }, 0),
  number("repetition_penalty", { above: 0, max: 2 }),
  responseFormat,
  tools,
  toolChoice("auto", "none", "required"),
  logprobs,
  integer("top_logprobs"),
];
