/** How a server's file writes its fields: in the order of a request, each with the range that its source enforces or documents. */

import type { NumberRange, ParameterSpec } from "../chatParameters.ts";

/** Shown at once; all others are unfolded. */
const common: ReadonlySet<string> = new Set([
  "temperature",
  "top_p",
  "top_k",
  "max_tokens",
  "max_completion_tokens",
  "stop",
]);

export function number(name: string, range: NumberRange = {}, byDefault?: number): ParameterSpec {
  const step = name.endsWith("_p") ? 0.05 : 0.1;
  return spec(name, { kind: "number", step, ...range }, byDefault);
}

export function integer(name: string, range: NumberRange = {}, byDefault?: number): ParameterSpec {
  return spec(name, { kind: "integer", ...range }, byDefault);
}

/** One to `most` texts that end the answer. */
export function stop(most?: number): ParameterSpec {
  return spec("stop", { kind: "texts", ...(most === undefined ? {} : { most }) });
}

export const responseFormat = spec("response_format", { kind: "json", of: "object" });

export const tools = spec("tools", { kind: "json", of: "array" });

export function toolChoice(...of: readonly string[]): ParameterSpec {
  return spec("tool_choice", { kind: "choice", of });
}

export const logprobs = spec("logprobs", { kind: "boolean" });

function spec(name: string, value: ParameterSpec["value"], byDefault?: number): ParameterSpec {
  return {
    name,
    value,
    shown: common.has(name) ? "common" : "further",
    ...(byDefault === undefined ? {} : { byDefault }),
  };
}
