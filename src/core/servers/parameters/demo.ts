/** The demo endpoint (src/demo/chatRequest.ts, src/demo/answerForm.ts): it does not sample, so it ignores all that is about sampling. */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, responseFormat, toolChoice, tools } from "./spec.ts";

export const demo: readonly ParameterSpec[] = [
  integer("max_tokens", { min: 1 }),
  responseFormat,
  tools,
  toolChoice("auto", "none", "required"),
];
