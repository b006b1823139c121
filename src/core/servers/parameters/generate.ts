/** The protocol "generate": `prompt`, `max_tokens`, `temperature` and `top_p` (src/core/chat/chatRequest.ts). Its servers name no ranges; we send a max_tokens of 1024 where none is set. */

import type { ParameterSpec } from "../chatParameters.ts";
import { integer, number } from "./spec.ts";

export const generate: readonly ParameterSpec[] = [
  number("temperature"),
  number("top_p"),
  integer("max_tokens", {}, 1024),
];
