/** An answer that ended in order and holds nothing: neither text, nor thinking, nor a tool call. */

import type { ChatSaid } from "./chatProbe.ts";

/** `tokens` is the longest answer that was asked for: where it was used up, what filled it was only not shown. */
export function saidNothing(said: ChatSaid, tokens: number): boolean {
  const { answer, reasoning, calls, finishReason, usage } = said;
  const isEmpty = answer.trim() === "" && reasoning === "" && calls.length === 0;
  const isEnded = finishReason === "stop" || finishReason === "";
  const isUsedUp = (usage?.completionTokens ?? 0) >= tokens || (usage?.reasoningTokens ?? 0) > 0;
  return isEmpty && isEnded && !isUsedUp;
}
