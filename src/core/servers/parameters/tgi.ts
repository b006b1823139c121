/**
 * TGI db931fcf (maintenance mode): `ChatRequest` and `try_into_generate` in router/src/lib.rs, ranges in router/src/validation.rs.
 * It has no top_k here, makes a repetition penalty of presence_penalty + 2, which has to be more than 0, and refuses a
 * top_p of 1. How many texts may stop it is a flag, `--max-stop-sequences`.
 */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, logprobs, number, responseFormat, stop, toolChoice, tools } from "./spec.ts";

export const tgi: readonly ParameterSpec[] = [
  number("temperature", { min: 0 }),
  number("top_p", { above: 0, below: 1 }),
  integer("max_tokens", { min: 1 }),
  stop(),
  integer("seed", { min: 0 }),
  number("presence_penalty", { above: -2 }),
  number("frequency_penalty", { min: -2, max: 2 }),
  responseFormat,
  tools,
  toolChoice("auto", "none", "required"),
  logprobs,
  integer("top_logprobs", { min: 0 }),
];
