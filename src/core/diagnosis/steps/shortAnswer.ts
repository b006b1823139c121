/** Room for thinking in a request that is about something else. */

import type { Learned } from "../step.ts";

/** What a model that thinks before it answers needs at least. */
const roomToThink = 1024;

/** Thinking turned off where that is known to work; else more tokens where the model thinks. */
export function shortAnswer(
  { chatHabits }: Learned,
  tokens: number,
): { readonly tokens: number; readonly extra: Readonly<Record<string, unknown>> } {
  const { thinkingOff, reasoning } = chatHabits ?? {};
  if (thinkingOff !== undefined) {
    return { tokens, extra: thinkingOff };
  }
  return { tokens: reasoning === "seen" ? roomToThink : tokens, extra: {} };
}
