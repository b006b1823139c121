/** Takes `<think>…</think>` out of the answer, for servers started without a reasoning parser. */

/** `relabelled`: all of the answer so far was reasoning. */
export type LanePiece =
  { readonly kind: "answer" | "reasoning"; readonly text: string } | { readonly kind: "relabelled" };

const open = "<think>";
const close = "</think>";

export interface ThinkSplitter {
  push(text: string): readonly LanePiece[];
  /** What was held back because it could have been the start of a tag. */
  end(): readonly LanePiece[];
  /** Reasoning came in a field of its own, so a closing tag in the answer is none of it. */
  reasonedElsewhere(): void;
}

/**
 * Splits text that arrives in pieces; a tag may be cut anywhere.
 * Only a `<think>` at the very start (after white space) counts, as Qwen3's template puts it there: a model that writes
 * about the tag later is quoted, not folded away. A `</think>` that is the first tag of the text closes what the template
 * opened (Qwen3-Thinking-2507, DeepSeek-R1), unless it stands in quotes or reasoning came in its own field.
 */
export function createThinkSplitter(): ThinkSplitter {
  return new TagSplitter();
}

/**
 * `answering`: no tag has come, so a lone closing one may still turn the answer into reasoning.
 * `answered`: nothing counts as a tag any more.
 */
type State = "start" | "thinking" | "thought" | "answering" | "answered";

class TagSplitter implements ThinkSplitter {
  #state: State = "start";
  /** What text is that does not begin with the tag. */
  #plain: State = "answering";
  #held = "";
  /** The last letter before what is held. */
  #before = "";

  push(text: string): readonly LanePiece[] {
    this.#held += text;
    switch (this.#start()) {
      case "start":
        return [];
      case "thinking":
        return this.#think();
      case "answering":
        return this.#answer();
      case "thought":
      case "answered":
        return this.#takeAnswer();
    }
  }

  end(): readonly LanePiece[] {
    return this.#state === "thinking" ? this.#take("reasoning", this.#held.length) : this.#takeAnswer();
  }

  reasonedElsewhere(): void {
    this.#plain = "answered";
    this.#state = this.#state === "answering" ? "answered" : this.#state;
  }

  /** Decides whether the text begins with the tag; stays at the start while that is open. */
  #start(): State {
    if (this.#state !== "start") {
      return this.#state;
    }
    const trimmed = this.#held.trimStart();
    if (trimmed.length >= open.length || !open.startsWith(trimmed)) {
      const isThinking = trimmed.startsWith(open);
      this.#state = isThinking ? "thinking" : this.#plain;
      this.#held = isThinking ? trimmed.slice(open.length) : this.#held;
    }
    return this.#state;
  }

  #think(): readonly LanePiece[] {
    const end = this.#held.indexOf(close);
    if (end < 0) {
      return this.#take("reasoning", this.#held.length - heldTail(this.#held));
    }
    const reasoning = this.#take("reasoning", end);
    return [...reasoning, ...this.#leave()];
  }

  #answer(): readonly LanePiece[] {
    const at = this.#held.indexOf("<");
    if (at < 0) {
      return this.#takeAnswer();
    }
    const opened = this.#held.indexOf(open, at);
    const closed = this.#held.indexOf(close, at);
    if (opened < 0 && closed < 0) {
      return this.#take("answer", this.#held.length - heldTail(this.#held));
    }
    const isQuoted = /["'`“«]/.test(closed > 0 ? this.#held.charAt(closed - 1) : this.#before);
    if (closed < 0 || (opened >= 0 && opened < closed) || isQuoted) {
      this.#state = "answered";
      return this.#takeAnswer();
    }
    const thought = this.#take("answer", closed);
    return [...thought, { kind: "relabelled" }, ...this.#leave()];
  }

  /** Leaves the thinking behind, at its closing tag. */
  #leave(): readonly LanePiece[] {
    this.#held = this.#held.slice(close.length);
    this.#state = "thought";
    return this.#takeAnswer();
  }

  /** The blank lines behind the closing tag are the template's, whether they come with the tag or after it. */
  #takeAnswer(): readonly LanePiece[] {
    if (this.#state === "thought") {
      this.#held = this.#held.trimStart();
      this.#state = this.#held === "" ? "thought" : "answered";
    }
    return this.#take("answer", this.#held.length);
  }

  #take(kind: "answer" | "reasoning", length: number): readonly LanePiece[] {
    if (length === 0) {
      return [];
    }
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    this.#before = text.charAt(length - 1);
    return [{ kind, text }];
  }
}

/** Length of the longest end of `text` that one of the tags begins with. */
function heldTail(text: string): number {
  for (let length = Math.min(close.length - 1, text.length); length > 0; length--) {
    const tail = text.slice(text.length - length);
    if (close.startsWith(tail) || open.startsWith(tail)) {
      return length;
    }
  }
  return 0;
}
