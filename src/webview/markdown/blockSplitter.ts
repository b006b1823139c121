/** Cuts a growing Markdown text into top-level blocks, so that only the last one is ever rendered twice. */

/**
 * `start` is an offset into the source. A fence without its closing line is an `open-fence`; `whole` is what ends with its
 * own last line, a fence or a formula, and `open-formula` one that has not ended yet.
 */
export interface TopLevelBlock {
  readonly start: number;
  readonly kind: "text" | "whole" | "open-fence" | "open-formula";
}

/** Characters. They bound what a frame has to render again; a fence is exempt, as it only ever grows at its end. */
export interface SplitLimits {
  readonly line: number;
  readonly block: number;
}

export interface BlockSplitter {
  /** Returns the blocks that no later text can change. */
  push(text: string): readonly string[];
  /** What has come since the last closed block. */
  open(): string;
  /** Closes what is open. */
  end(): readonly string[];
}

const defaultLimits: SplitLimits = { line: 8_192, block: 16_384 };

/**
 * The blocks depend on the text alone, never on the pieces it came in. That is why only complete lines are judged: an
 * incomplete `#` may become a heading or not. Outside a fence, a line beyond the limit is broken into several, and a block
 * beyond the limit is cut where a line starts at the margin (an item of a long list), at the latest at twice the limit.
 */
export function createBlockSplitter(blocksOf: BlocksOf, limits: SplitLimits = defaultLimits): BlockSplitter {
  return new LineWiseSplitter(blocksOf, limits);
}

type BlocksOf = (source: string) => readonly TopLevelBlock[];

class LineWiseSplitter implements BlockSplitter {
  readonly #blocksOf: BlocksOf;
  readonly #limits: SplitLimits;
  /** Complete lines since the last closed block, and the text after them. */
  #lines = "";
  #rest = "";

  constructor(blocksOf: BlocksOf, limits: SplitLimits) {
    this.#blocksOf = blocksOf;
    this.#limits = limits;
  }

  push(text: string): string[] {
    this.#rest += text;
    const closed: string[] = [];
    while (this.#takeLines() === "taken") {
      closed.push(...this.#closeFinished());
    }
    return closed;
  }

  open(): string {
    return this.#lines + this.#rest;
  }

  end(): string[] {
    this.#take(this.#rest.length, "");
    const closed = [...this.#closeFinished(), this.#lines].filter((block) => block.trim() !== "");
    this.#lines = "";
    return closed;
  }

  #takeLines(): "taken" | "incomplete" {
    const short = lengthOfShortLines(this.#rest, this.#limits.line);
    if (short > 0) {
      return this.#take(short, "");
    }
    if (this.#rest.length <= this.#limits.line) {
      return "incomplete";
    }
    if (this.#blocksOf(this.#lines).at(-1)?.kind !== "open-fence") {
      return this.#take(safeCut(this.#rest, this.#limits.line), "\n");
    }
    const lineBreak = this.#rest.indexOf("\n");
    return lineBreak < 0 ? "incomplete" : this.#take(lineBreak + 1, "");
  }

  #take(length: number, ending: "" | "\n"): "taken" {
    this.#lines += this.#rest.slice(0, length) + ending;
    this.#rest = this.#rest.slice(length);
    return "taken";
  }

  #closeFinished(): string[] {
    const closed: string[] = [];
    for (;;) {
      const { boundaries, state } = boundariesOf(
        this.#lines,
        this.#blocksOf(this.#lines),
        this.#limits.block,
      );
      closed.push(...slices(this.#lines, boundaries));
      this.#lines = this.#lines.slice(boundaries.at(-1) ?? 0);
      if (state === "settled") {
        return closed;
      }
    }
  }
}

function lengthOfShortLines(text: string, limit: number): number {
  let start = 0;
  for (;;) {
    const lineBreak = text.indexOf("\n", start);
    if (lineBreak < 0 || lineBreak - start > limit) {
      return start;
    }
    start = lineBreak + 1;
  }
}

interface Boundaries {
  readonly boundaries: readonly number[];
  /** `cut`: what follows the last boundary has to be looked at again. */
  readonly state: "settled" | "cut";
}

function boundariesOf(lines: string, blocks: readonly TopLevelBlock[], limit: number): Boundaries {
  const starts = blocks.slice(1).map((block) => block.start);
  for (const [index, block] of blocks.entries()) {
    const end = starts[index] ?? lines.length;
    const cut = block.kind === "text" ? cutOf(lines, block.start, end, limit) : undefined;
    if (cut !== undefined) {
      return { boundaries: [...starts.slice(0, index), cut], state: "cut" };
    }
  }
  return {
    boundaries: blocks.at(-1)?.kind === "whole" ? [...starts, lines.length] : starts,
    state: "settled",
  };
}

function cutOf(lines: string, start: number, end: number, limit: number): number | undefined {
  for (let at = nextLine(lines, start + limit - 1); at < end; at = nextLine(lines, at)) {
    if (/\S/.test(lines.charAt(at)) || at >= start + 2 * limit) {
      return at;
    }
  }
  return undefined;
}

function nextLine(text: string, from: number): number {
  const lineBreak = text.indexOf("\n", from);
  return lineBreak < 0 ? text.length : lineBreak + 1;
}

function slices(text: string, boundaries: readonly number[]): string[] {
  return boundaries.map((end, index) => text.slice(boundaries[index - 1] ?? 0, end));
}

/** Not between the halves of a surrogate pair. */
function safeCut(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code <= 0xdbff && at > 1 ? at - 1 : at;
}
