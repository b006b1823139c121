import type { MarkdownIt, Token } from "markdown-it";
import { escapeHtml } from "./escapeHtml.ts";
import { isClosedFence, languageOf } from "./fences.ts";
import type { Formula, FormulaHtml } from "./formulas.ts";
import { delimitersAt } from "./mathDelimiters.ts";

/** Writes formulas as `formulaHtml` says, fences of the language `math` too. One that is not closed yet is its source. */
export function showFormulas(markdown: MarkdownIt, formulaHtml: FormulaHtml): void {
  const { rules } = markdown.renderer;
  const code = rules["fence"];
  rules["math_inline"] = (tokens, index) => formulaHtml(formulaOf(tokens[index]));
  rules["math_block"] = (tokens, index) => {
    const token = tokens[index];
    const html = token?.info === "open" ? sourceOf(token, "open") : formulaHtml(formulaOf(token));
    return formulaBlock(html);
  };
  rules["fence"] = (...given): string => {
    const [tokens, index] = given;
    const token = tokens[index];
    const source = code?.(...given) ?? "";
    return token !== undefined && languageOf(token) === "math" && isClosedFence(token)
      ? formulaBlock(formulaHtml({ tex: token.content, layout: "display", source }))
      : source;
  };
}

function formulaBlock(html: string): string {
  return `<div class="formula-block">${html}</div>\n`;
}

function formulaOf(token: Token | undefined): Formula {
  const layout = delimitersAt(token?.markup ?? "", 0)?.layout ?? "inline";
  return { tex: token?.content ?? "", layout, source: sourceOf(token, "closed") };
}

function sourceOf(token: Token | undefined, ending: "open" | "closed"): string {
  const open = token?.markup ?? "";
  const close = ending === "open" ? "" : ({ "\\[": "\\]", "\\(": "\\)" }[open] ?? open);
  return `<code>${escapeHtml(open + (token?.content ?? "") + close)}</code>`;
}
