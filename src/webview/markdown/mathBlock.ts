import type { MarkdownIt, StateBlock } from "markdown-it";
import { type Delimiters, delimitersAt, isFormula } from "./mathDelimiters.ts";

/** What is done with a formula whose end is not there: `open`, more may come; `closed`, its opening line is text. */
export interface MathEnvironment {
  readonly ending: "open" | "closed";
}

/** Characters. A formula that has not ended by then is none: so no stray sign holds back the rest of an answer. */
const longest = 4_096;

/**
 * Formulas that begin a line: `$$ … $$` and `\[ … \]`, over several lines, which may look like lists or headings. After an
 * opening that stands alone blank lines are allowed. What turns out not to be a formula leaves its opening line behind as a
 * paragraph, so that no decision depends on how much had come.
 */
export function mathBlocks(markdown: MarkdownIt): void {
  markdown.block.ruler.before("fence", "math", mathBlock, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
}

function mathBlock(state: StateBlock, startLine: number, endLine: number, isAsked: boolean): boolean {
  const first = lineAt(state, startLine);
  const delimiters = delimitersAt(first, 0);
  if (indentOf(state, startLine) >= 4 || delimiters?.layout !== "display") {
    return false;
  }
  const closing = first.indexOf(delimiters.close, 2);
  if (closing >= 0 && !isWhole(first, closing, delimiters)) {
    return false;
  }
  if (!isAsked) {
    const end =
      closing >= 0 ? { line: startLine, at: closing } : endOf(state, startLine, endLine, delimiters);
    push(state, startLine, end, delimiters, endLine);
  }
  return true;
}

/** On its own line, and what could be a formula. */
function isWhole(line: string, closing: number, delimiters: Delimiters): boolean {
  return line.slice(closing + 2).trim() === "" && isFormula(line.slice(2, closing), delimiters);
}

type End = { readonly line: number; readonly at: number } | "open" | "none";

function endOf(state: StateBlock, startLine: number, endLine: number, { close }: Delimiters): End {
  const start = startOf(state, startLine);
  const near = state.src.slice(start + 2, start + longest).indexOf(close);
  if (near < 0 && state.src.length - start > longest) {
    return "none";
  }
  const allowsBlank = lineAt(state, startLine).slice(2).trim() === "";
  for (let line = startLine + 1; line < endLine; line++) {
    const isBlank = state.isEmpty(line);
    if ((isBlank && !allowsBlank) || (!isBlank && indentOf(state, line) < 0)) {
      return "none";
    }
    const at = lineAt(state, line).indexOf(close);
    if (at >= 0) {
      return startOf(state, line) + at - start <= longest ? { line, at } : "none";
    }
  }
  return environmentOf(state).ending === "open" ? "open" : "none";
}

function push(state: StateBlock, startLine: number, end: End, delimiters: Delimiters, endLine: number): void {
  if (end === "none") {
    state.line = startLine + 1;
    pushParagraph(state, lineAt(state, startLine), [startLine, startLine + 1]);
    return;
  }
  const last = end === "open" ? endLine - 1 : end.line;
  const lines = Array.from({ length: last - startLine + 1 }, (_, index) => lineAt(state, startLine + index));
  const lastLine = lines.at(-1) ?? "";
  const kept = end === "open" ? lastLine.length : end.at;
  state.line = last + 1;
  const token = state.push("math_block", "math", 0);
  token.content = [...lines.slice(0, -1), lastLine.slice(0, kept)].join("\n").slice(2);
  token.markup = delimiters.open;
  token.info = end === "open" ? "open" : "closed";
  token.map = [startLine, state.line];
  const rest = end === "open" ? "" : lastLine.slice(kept + 2).trim();
  if (rest !== "") {
    // Without a place of its own: a text is never cut within a line.
    pushParagraph(state, rest, null);
  }
}

function pushParagraph(state: StateBlock, content: string, map: [number, number] | null): void {
  state.push("paragraph_open", "p", 1).map = map;
  const inline = state.push("inline", "", 0);
  inline.content = content;
  inline.map = map;
  inline.children = [];
  state.push("paragraph_close", "p", -1);
}

function environmentOf(state: StateBlock): MathEnvironment {
  const environment = state.env as Partial<MathEnvironment> | undefined;
  return { ending: environment?.ending ?? "closed" };
}

function indentOf(state: StateBlock, line: number): number {
  return (state.sCount[line] ?? 0) - state.blkIndent;
}

function startOf(state: StateBlock, line: number): number {
  return (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
}

function lineAt(state: StateBlock, line: number): string {
  return state.src.slice(startOf(state, line), state.eMarks[line]);
}
