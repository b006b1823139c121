/** What the first rungs of a chat learned of how this endpoint wants to be asked, for the rungs after them. */
export interface ChatHabits {
  /** `stream`: DashScope's open Qwen3 hybrids and its stream-only models refuse the rest. */
  readonly delivery: "whole" | "stream";
  /** The field that limits the answer; absent where the server refused them. */
  readonly limit?: "max_tokens" | "max_completion_tokens";
  /** Did a reply carry thinking, in a field of its own or between tags? */
  readonly reasoning: "seen" | "none";
  /** Fields that turn thinking off, where the server took them. */
  readonly thinkingOff?: Readonly<Record<string, unknown>>;
}

export const plainHabits: ChatHabits = { delivery: "whole", limit: "max_tokens", reasoning: "none" };
