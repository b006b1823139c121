/**
 * vLLM, main 5ac2684976 (2026-08-07): names and types in vllm/entrypoints/openai/chat_completion/protocol.py, ranges in
 * `_verify_args` of vllm/sampling_params.py. What is not sent comes from the model's generation_config.json.
 */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, logprobs, number, responseFormat, stop, toolChoice, tools } from "./spec.ts";

export const vllm: readonly ParameterSpec[] = [
  number("temperature", { min: 0, max: 2 }),
  number("top_p", { above: 0, max: 1 }),
  // 0 and -1 turn it off.
  integer("top_k", { min: -1 }),
  integer("max_tokens", { min: 1 }),
  stop(),
  integer("seed"),
  number("min_p", { min: 0, max: 1 }),
  number("presence_penalty", { min: -2, max: 2 }, 0),
  number("frequency_penalty", { min: -2, max: 2 }, 0),
  number("repetition_penalty", { above: 0 }),
  responseFormat,
  tools,
  toolChoice("auto", "none", "required"),
  logprobs,
  integer("top_logprobs", { min: -1 }, 0),
];
