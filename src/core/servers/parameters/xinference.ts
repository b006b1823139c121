/**
 * Xinference 7ecec16b (2026-08-23): xinference/types.py, xinference/_compat.py and the ranges of xinference/fields.py. What the
 * engine behind it does not know, it may refuse.
 */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, logprobs, number, responseFormat, stop, toolChoice, tools } from "./spec.ts";

export const xinference: readonly ParameterSpec[] = [
  number("temperature", { min: 0, max: 2 }),
  number("top_p", { min: 0, max: 1 }),
  integer("top_k", { min: 0 }),
  integer("max_tokens", { min: 1 }),
  stop(),
  integer("seed"),
  number("presence_penalty"),
  number("frequency_penalty"),
  number("repetition_penalty"),
  responseFormat,
  tools,
  toolChoice("auto", "none", "required"),
  logprobs,
  integer("top_logprobs"),
];
