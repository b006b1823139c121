import type { MarkdownIt, StateInline } from "markdown-it";
import { type Delimiters, delimitersAt, isFormula } from "./mathDelimiters.ts";

/** Characters. */
const longest = 2_000;

/** Formulas within a line: `$…$`, `\(…\)`, and those that are displayed, `$$…$$` and `\[…\]`. */
export function mathInText(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("escape", "math", (state: StateInline, isAsked: boolean) => {
    const delimiters = delimitersAt(state.src, state.pos);
    const content = delimiters === undefined ? undefined : contentAt(state, delimiters);
    if (delimiters === undefined || content === undefined) {
      return false;
    }
    if (!isAsked) {
      const token = state.push("math_inline", "math", 0);
      token.content = content;
      token.markup = delimiters.open;
    }
    state.pos += content.length + 2 * delimiters.open.length;
    return true;
  });
}

/** Undefined where what opens is not closed, or is no formula. */
function contentAt(state: StateInline, delimiters: Delimiters): string | undefined {
  const { open, close } = delimiters;
  const start = state.pos + open.length;
  const near = state.src.slice(start, Math.min(start + longest, state.posMax));
  const length = open === "$" ? unescaped(near, "$") : near.indexOf(close);
  if (length < 0) {
    return undefined;
  }
  const content = near.slice(0, length);
  const after = state.src.charAt(start + length + close.length);
  const isEnd = open === "$" ? !/[\w$]/.test(after) : open !== "\\[" || after !== "(";
  return isEnd && isFormula(content, delimiters) ? content : undefined;
}

function unescaped(text: string, sign: string): number {
  let at = text.indexOf(sign);
  while (at > 0 && text.charAt(at - 1) === "\\") {
    at = text.indexOf(sign, at + 1);
  }
  return at;
}
