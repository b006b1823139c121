/**
 * A server that we do not know, ModelScope, which documents no parameters of its own, and LiteLLM, which passes them on
 * (docs.litellm.ai/docs/completion/input): the names of OpenAI with max_tokens, which more servers take, and no ranges.
 */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, logprobs, number, responseFormat, stop, toolChoice, tools } from "./spec.ts";

export const unknown: readonly ParameterSpec[] = [
  number("temperature"),
  number("top_p"),
  integer("max_tokens"),
  stop(),
  integer("seed"),
  number("presence_penalty"),
  number("frequency_penalty"),
  responseFormat,
  tools,
  toolChoice("auto", "none", "required"),
  logprobs,
  integer("top_logprobs"),
];
