/**
 * llama.cpp's llama-server, master 3f545becc (2026-08-22): tools/server/server-schema.cpp. It moves a sampling value that is
 * out of its range to the nearest end without a word; max_tokens alone is refused. Defaults are those it was started with.
 */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, logprobs, number, responseFormat, stop, toolChoice, tools } from "./spec.ts";

export const llamaCpp: readonly ParameterSpec[] = [
  number("temperature", { min: 0 }),
  number("top_p", { min: 0, max: 1 }),
  // 0 turns it off.
  integer("top_k", { min: 0 }),
  // -1 is without end.
  integer("max_tokens", { min: -1, max: 2147483647 }),
  stop(),
  // -1 is a new one each time.
  integer("seed"),
  number("min_p", { min: 0, max: 1 }),
  number("presence_penalty"),
  number("frequency_penalty"),
  number("repeat_penalty"),
  responseFormat,
  tools,
  toolChoice("auto", "none", "required"),
  logprobs,
  integer("top_logprobs"),
];
