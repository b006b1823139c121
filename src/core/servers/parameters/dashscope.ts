/**
 * DashScope, compatible and native, where the same names stand in `parameters`: the Qwen API reference and the page of error
 * codes (help.aliyun.com/zh/model-studio, copies of December 2025). Its compatible mode documents no frequency_penalty, and
 * tool_choice "required" is refused. The native seed may be larger; max_tokens ends at what the model allows.
 */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, logprobs, number, responseFormat, stop, toolChoice, tools } from "./spec.ts";

export const dashscope: readonly ParameterSpec[] = [
  number("temperature", { min: 0, below: 2 }),
  number("top_p", { above: 0, max: 1 }),
  // More than 100 turns it off.
  integer("top_k", { min: 0 }),
  integer("max_tokens", { min: 1 }),
  stop(),
  integer("seed", { min: 0, max: 2147483647 }),
  number("presence_penalty", { min: -2, max: 2 }),
  responseFormat,
  tools,
  toolChoice("auto", "none"),
  logprobs,
  integer("top_logprobs", { min: 0, max: 5 }, 0),
];
