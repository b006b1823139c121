/** Tells of a text that comes in pieces whether it is one whole JSON object by now. Each character is looked at once, and the text is parsed once at most. */

import { parseJson } from "../diagnosis/errorEnvelope.ts";
import { fieldsOf } from "./fields.ts";

/** `closed`: its last brace has come, and nothing but blanks since. `never`: whatever follows, it is none. */
type State = "before" | "in" | "in-string" | "after-backslash" | "closed" | "never";

export class WholeObject {
  #state: State = "before";
  #depth = 0;
  #text = "";
  #known: boolean | undefined;

  add(piece: string): void {
    for (let index = 0; index < piece.length && this.#state !== "never"; index++) {
      this.#state = this.#after(piece[index] ?? "");
    }
    this.#text = this.#state === "never" ? "" : this.#text + piece;
  }

  get isWhole(): boolean {
    if (this.#state !== "closed") {
      return false;
    }
    // Braces alone do not make it JSON. Blanks that follow change nothing.
    this.#known ??= fieldsOf(parseJson(this.#text)) !== undefined;
    return this.#known;
  }

  #after(character: string): State {
    switch (this.#state) {
      case "before":
        return character === "{" ? this.#nested(1) : isBlank(character) ? "before" : "never";
      case "in":
        return this.#within(character);
      case "in-string":
        return character === '"' ? "in" : character === "\\" ? "after-backslash" : "in-string";
      case "after-backslash":
        return "in-string";
      default:
        return isBlank(character) ? this.#state : "never";
    }
  }

  #within(character: string): State {
    switch (character) {
      case '"':
        return "in-string";
      case "{":
      case "[":
        return this.#nested(1);
      case "}":
      case "]":
        return this.#nested(-1);
      default:
        return "in";
    }
  }

  #nested(step: 1 | -1): State {
    this.#depth += step;
    return this.#depth === 0 ? "closed" : "in";
  }
}

/** What JSON takes for a blank, and no other character. */
function isBlank(character: string): boolean {
  return character === " " || character === "\n" || character === "\t" || character === "\r";
}
