/**
 * LMDeploy 0.16.0 (1263d5cd): lmdeploy/serve/openai/protocol.py, ranges in chat_completions/validation.py and in
 * `GenerationConfig` of lmdeploy/messages.py. It ignores presence_penalty and frequency_penalty ("replaced with
 * repetition_penalty", serving.py), and refuses logprobs unless started with a logprobs mode.
 */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, number, responseFormat, stop, toolChoice, tools } from "./spec.ts";

export const lmdeploy: readonly ParameterSpec[] = [
  number("temperature", { min: 0, max: 2 }),
  number("top_p", { above: 0, max: 1 }),
  integer("top_k", { min: 0 }),
  integer("max_tokens"),
  stop(),
  integer("seed"),
  number("min_p", { min: 0, max: 1 }),
  number("repetition_penalty"),
  responseFormat,
  tools,
  toolChoice("auto", "none", "required"),
];
