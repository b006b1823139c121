import createMarkdownIt, { type MarkdownIt, type Token } from "markdown-it";
import type { TopLevelBlock } from "./blockSplitter.ts";
import { codeHtml, openCodeHtml } from "./codeHtml.ts";
import { keepDeepNesting } from "./deepNesting.ts";
import { isClosedFence, languageOf } from "./fences.ts";
import { type FormulaHtml, undrawnFormula } from "./formulas.ts";
import { mathBlocks, type MathEnvironment } from "./mathBlock.ts";
import { showFormulas } from "./mathHtml.ts";
import { mathInText } from "./mathInline.ts";
import { showAlignmentByClass, showImagesAsLinks, showLinkTargets } from "./safeMarkup.ts";
import { isWebLink } from "../webLink.ts";

/** Renders untrusted Markdown: no HTML of its own, no image, no inline style, only http(s) links. */
export interface BlockRenderer {
  blocksOf(source: string): readonly TopLevelBlock[];
  render(source: string): string;
  /** The same of what may go on. */
  renderOpen(source: string): string;
  /** The code and language of a source that is one fence without its closing line. */
  openFence(source: string): { readonly code: string; readonly language: string } | undefined;
}

export function createBlockRenderer(formulaHtml: FormulaHtml = undrawnFormula): BlockRenderer {
  const markdown = createMarkdown().use(showFormulas, formulaHtml);
  const topLevel = (source: string): Token[] => {
    const tokens: Token[] = [];
    markdown.block.parse(source, markdown, { ...open }, tokens);
    return tokens.filter((token) => token.level === 0 && token.nesting >= 0 && token.map !== null);
  };
  return {
    blocksOf: (source) => {
      const starts = lineStarts(source);
      return topLevel(source).map((token) => ({
        start: starts[token.map?.[0] ?? 0] ?? 0,
        kind: kindOf(token),
      }));
    },
    render: (source) => markdown.render(source),
    renderOpen: (source) => markdown.render(source, { ...open }),
    openFence: (source) => {
      // Asked with every frame, and seldom true.
      if (!/^\s*(?:`{3}|~{3})/.test(source)) {
        return undefined;
      }
      const [first] = topLevel(source);
      if (first === undefined || kindOf(first) !== "open-fence") {
        return undefined;
      }
      return { code: first.content, language: languageOf(first) };
    },
  };
}

const open: MathEnvironment = { ending: "open" };

function createMarkdown(): MarkdownIt {
  const markdown = createMarkdownIt({ html: false, linkify: true, breaks: true });
  // A definition would vanish from sight, and what it defines may be in a block that is rendered already.
  markdown.disable("reference");
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  markdown.validateLink = isWebLink;
  markdown
    .use(showLinkTargets)
    .use(showImagesAsLinks)
    .use(showAlignmentByClass)
    .use(cachedCode)
    .use(keepDeepNesting)
    .use(mathBlocks)
    .use(mathInText)
    .use(headingsBelowThePage);
  return markdown;
}

/** A fence inside a list is rendered again with every frame of that list; colouring it once is enough. */
function cachedCode(markdown: MarkdownIt): void {
  const cache = new Map<string, string>();
  const cached = (code: string, language: string): string => {
    const key = `${language}\n${code}`;
    const html = cache.get(key) ?? codeHtml(code, language);
    cache.delete(key);
    cache.set(key, html);
    if (cache.size > cacheSize) {
      cache.delete(cache.keys().next().value ?? key);
    }
    return html;
  };
  markdown.renderer.rules["fence"] = (tokens, index) => {
    const token = tokens[index];
    if (token === undefined) {
      return "";
    }
    return isClosedFence(token)
      ? cached(token.content, languageOf(token))
      : openCodeHtml(languageOf(token), token.content);
  };
  markdown.renderer.rules["code_block"] = (tokens, index) => openCodeHtml("", tokens[index]?.content ?? "");
}

const cacheSize = 16;

/** The page's own headings are of level 1 and 2; the look of the level is kept as a class. */
function headingsBelowThePage(markdown: MarkdownIt): void {
  markdown.core.ruler.push("headings-below-the-page", (state) => {
    for (const token of state.tokens) {
      if (token.type === "heading_open") {
        token.attrSet("class", `level-${token.tag.slice(1)}`);
      }
      if (token.type === "heading_open" || token.type === "heading_close") {
        token.tag = token.tag < "h4" ? "h3" : "h4";
      }
    }
  });
}

function kindOf(token: Token): TopLevelBlock["kind"] {
  if (token.type === "math_block") {
    return token.info === "open" ? "open-formula" : "whole";
  }
  if (token.type !== "fence") {
    return "text";
  }
  return isClosedFence(token) ? "whole" : "open-fence";
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}
