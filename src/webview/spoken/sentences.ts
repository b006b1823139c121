import { maskedLine, spokenText } from "./spokenText.ts";

/** Finds the sentences of a Markdown text while it grows. Joined, they are the text without its markup, its code and its formulas. */
export interface Sentences {
  /** The sentences that are complete with this piece. */
  push(text: string): readonly string[];
  /** What is left. */
  end(): readonly string[];
}

/** Characters of a line without the end of a sentence; the rest of such a line is not spoken. */
const longestSentence = 2_000;

/** What stands before the text of a line: quotation, heading, list item. */
const prefix = /^\s*(?:(?:>|[-*+]|\d{1,9}[.)]|#{1,6})(?:\s+|$))*/;

export function createSentences(): Sentences {
  return new LineWiseSentences();
}

class LineWiseSentences implements Sentences {
  readonly #segmenter = new Intl.Segmenter(undefined, { granularity: "sentence" });
  #line = "";
  /** Where in the line the next sentence begins; `rest`: nothing more of it is wanted. */
  #next: number | "rest" = 0;
  /** The sign that ends a block that is not spoken. */
  #until: string | undefined;

  push(text: string): string[] {
    const [first = "", ...further] = text.split("\n");
    const found = this.#grow(first);
    for (const line of further) {
      found.push(...this.#closeLine(), ...this.#grow(line));
    }
    return found;
  }

  end(): string[] {
    return this.#closeLine();
  }

  /** Only the beginning of a sentence can tell that the one before it has ended. */
  #grow(text: string): string[] {
    if (this.#next === "rest") {
      return [];
    }
    this.#line += text;
    const start = contentStart(this.#line);
    if (this.#until !== undefined || /^[`~|$\\]/.test(this.#line.slice(start))) {
      return [];
    }
    const { masked, settled } = maskedLine(this.#line);
    return this.#take(masked.slice(0, settled), Math.max(start, this.#next), "open");
  }

  #closeLine(): string[] {
    const line = this.#line;
    const next = this.#next;
    this.#line = "";
    this.#next = 0;
    if (next === "rest" || this.#skips(line)) {
      return [];
    }
    const start = contentStart(line);
    if (line.charAt(start) === "|") {
      return spoken(cells(line.slice(start)));
    }
    this.#line = line;
    const found = this.#take(maskedLine(line).masked, Math.max(start, next), "closed");
    this.#line = "";
    this.#next = 0;
    return found;
  }

  #take(masked: string, from: number, state: "open" | "closed"): string[] {
    const found: string[] = [];
    let at = from;
    const segments = [...this.#segmenter.segment(masked.slice(from))];
    for (const { segment } of state === "open" ? segments.slice(0, -1) : segments) {
      found.push(...spoken(this.#line.slice(at, at + segment.length)));
      at += segment.length;
    }
    this.#next = this.#line.length - at > longestSentence ? "rest" : at;
    return found;
  }

  /** Fences and displayed formulas, from the line that opens them to the one that closes them. */
  #skips(line: string): boolean {
    const content = line.slice(contentStart(line));
    if (this.#until !== undefined) {
      const isEnd =
        this.#until.startsWith("`") || this.#until.startsWith("~")
          ? content.startsWith(this.#until)
          : content.includes(this.#until);
      this.#until = isEnd ? undefined : this.#until;
      return true;
    }
    const [opening = ""] = /^(?:`{3,}|~{3,}|\$\$|\\\[)/.exec(content) ?? [];
    const closing = opening === "\\[" ? "\\]" : opening;
    const isFence = /^[`~]/.test(opening);
    this.#until = opening === "" || (!isFence && content.includes(closing, 2)) ? undefined : closing;
    return opening !== "";
  }
}

function contentStart(line: string): number {
  return prefix.exec(line)?.[0].length ?? 0;
}

function cells(row: string): string {
  return row
    .split("|")
    .map((cell) => cell.trim())
    .filter((cell) => /[\p{L}\p{N}]/u.test(cell))
    .join(", ");
}

function spoken(source: string): string[] {
  const text = spokenText(source);
  return /[\p{L}\p{N}]/u.test(text) ? [text] : [];
}
