/**
 * LM Studio: "Supported payload parameters" of lmstudio.ai/docs/developer/openai-compat/chat-completions (copy of 2026), which
 * names no ranges; tools and response_format from the pages on tool use and structured output beside it.
 */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, number, responseFormat, stop, tools } from "./spec.ts";

export const lmStudio: readonly ParameterSpec[] = [
  number("temperature"),
  number("top_p"),
  integer("top_k"),
  integer("max_tokens"),
  stop(),
  integer("seed"),
  number("presence_penalty"),
  number("frequency_penalty"),
  number("repeat_penalty"),
  responseFormat,
  tools,
];
