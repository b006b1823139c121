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
  return new TagSplitter();
}

class TagSplitter implements ThinkSplitter {
  #state: "start" | "thinking" | "thought" | "answering" = "start";
  #held = "";

  push(text: string): Lanes {
    this.#held += text;
    if (this.#state === "start" && !this.#begin()) {
      return { answer: "", reasoning: "" };
    }
    if (this.#state !== "thinking") {
      return { answer: this.#takeAnswer(), reasoning: "" };
    }
    const end = this.#held.indexOf(close);
    if (end < 0) {
      return { answer: "", reasoning: this.#take(this.#held.length - heldTail(this.#held)) };
    }
    const reasoning = this.#take(end);
    this.#take(close.length);
    this.#state = "thought";
    return { answer: this.#takeAnswer(), reasoning };
  }

  end(): Lanes {
    return this.#state === "thinking"
      ? { answer: "", reasoning: this.#take(this.#held.length) }
      : { answer: this.#takeAnswer(), reasoning: "" };
  }

  /** Decides whether the text begins with the tag; false while that is still open. */
  #begin(): boolean {
    const trimmed = this.#held.trimStart();
    if (trimmed.length < open.length && open.startsWith(trimmed)) {
      return false;
    }
    const isThinking = trimmed.startsWith(open);
    this.#state = isThinking ? "thinking" : "answering";
    this.#held = isThinking ? trimmed.slice(open.length) : this.#held;
    return true;
  }

  /** The blank lines behind the closing tag are the template's, whether they come with the tag or after it. */
  #takeAnswer(): string {
    const text = this.#take(this.#held.length);
    const answer = this.#state === "thought" ? text.trimStart() : text;
    this.#state = answer === "" ? this.#state : "answering";
    return answer;
  }

  #take(length: number): string {
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return text;
  }
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
