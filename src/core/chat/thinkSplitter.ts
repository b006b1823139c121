/** Takes `<think>…</think>` out of the answer, for servers started without a reasoning parser. */

export interface Lanes {
  readonly answer: string;
  readonly reasoning: string;
}

const open = "<think>";
const close = "</think>";

export interface ThinkSplitter {
  push(text: string): Lanes;
  /** What was held back because it could have been the start of a tag. */
  end(): Lanes;
}

/**
 * Splits text that arrives in pieces; a tag may be cut anywhere.
 * Only a `<think>` at the very start (after white space) counts, as Qwen3's template puts it there: a model that writes
 * about the tag later is quoted, not folded away.
 */
export function createThinkSplitter(): ThinkSplitter {
  let state: "start" | "thinking" | "thought" | "answering" = "start";
  let held = "";

  const take = (length: number): string => {
    const text = held.slice(0, length);
    held = held.slice(length);
    return text;
  };

  /** The blank lines behind the closing tag are the template's, whether they come with the tag or after it. */
  const takeAnswer = (): string => {
    const text = state === "thought" ? take(held.length).trimStart() : take(held.length);
    state = text === "" ? state : "answering";
    return text;
  };

  const push = (text: string): Lanes => {
    held += text;
    if (state === "start") {
      const trimmed = held.trimStart();
      if (trimmed.length < open.length && open.startsWith(trimmed)) {
        return { answer: "", reasoning: "" };
      }
      state = trimmed.startsWith(open) ? "thinking" : "answering";
      held = state === "thinking" ? trimmed.slice(open.length) : held;
    }
    if (state !== "thinking") {
      return { answer: takeAnswer(), reasoning: "" };
    }
    const end = held.indexOf(close);
    if (end < 0) {
      return { answer: "", reasoning: take(held.length - heldTail(held)) };
    }
    state = "thought";
    const reasoning = take(end);
    take(close.length);
    return { answer: takeAnswer(), reasoning };
  };

  const end = (): Lanes => {
    const rest = take(held.length);
    return state === "thinking" ? { answer: "", reasoning: rest } : { answer: rest, reasoning: "" };
  };

  return { push, end };
}

/** Length of the longest end of `text` that the closing tag begins with. */
function heldTail(text: string): number {
  for (let length = Math.min(close.length - 1, text.length); length > 0; length--) {
    if (close.startsWith(text.slice(text.length - length))) {
      return length;
    }
  }
  return 0;
}
