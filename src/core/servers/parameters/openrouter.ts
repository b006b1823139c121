/**
 * OpenRouter: openrouter.ai/docs/api_reference/parameters (copy of 2026). It passes them on and ignores what a model does not
 * take; with `provider.require_parameters` it asks providers that take all of them alone.
 */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, logprobs, number, responseFormat, stop, toolChoice, tools } from "./spec.ts";

export const openrouter: readonly ParameterSpec[] = [
  number("temperature", { min: 0, max: 2 }, 1),
  number("top_p", { min: 0, max: 1 }, 1),
  integer("top_k", { min: 0 }, 0),
  integer("max_tokens", { min: 1 }),
  stop(),
  integer("seed"),
  number("min_p", { min: 0, max: 1 }, 0),
  number("presence_penalty", { min: -2, max: 2 }, 0),
  number("frequency_penalty", { min: -2, max: 2 }, 0),
  number("repetition_penalty", { min: 0, max: 2 }, 1),
  responseFormat,
  tools,
  toolChoice("auto", "none", "required"),
  logprobs,
  integer("top_logprobs", { min: 0, max: 20 }),
];
