import * as l10n from "@vscode/l10n";
import type { MarkdownIt, Token } from "markdown-it";
import { escapeHtml } from "./escapeHtml.ts";

/** The tooltip is the true target, whatever title the text brings along. */
export function showLinkTargets(markdown: MarkdownIt): void {
  markdown.renderer.rules["link_open"] = (tokens, index, options, _env, self) => {
    tokens[index]?.attrSet("title", attribute(tokens[index], "href"));
    return self.renderToken(tokens, index, options);
  };
}

/** An image would be a request to somebody's server; its text and a link are enough. */
export function showImagesAsLinks(markdown: MarkdownIt): void {
  markdown.renderer.rules["image"] = (tokens, index, options, env, self) => {
    const image = tokens[index];
    const url = attribute(image, "src");
    const alternative = self.renderInlineAsText(image?.children ?? [], options, env);
    const label = escapeHtml(l10n.t("Image: {0}", alternative === "" ? url : alternative));
    return isInsideLink(tokens, index)
      ? `<span class="image">${label}</span>`
      : `<a class="image" href="${escapeHtml(url)}" title="${escapeHtml(url)}">${label}</a>`;
  };
}

/** markdown-it aligns columns with inline styles, which the page's security policy refuses. A wide table scrolls by itself. */
export function showAlignmentByClass(markdown: MarkdownIt): void {
  markdown.core.ruler.push("alignment-by-class", (state) => {
    for (const token of state.tokens) {
      const style = attribute(token, "style");
      if (style !== "") {
        token.attrs = [["class", style.replace("text-align:", "align-")]];
      }
    }
  });
  const label = escapeHtml(l10n.t("Table"));
  markdown.renderer.rules["table_open"] = () =>
    `<div class="table" tabindex="0" role="group" aria-label="${label}"><table>\n`;
  markdown.renderer.rules["table_close"] = () => "</table></div>\n";
}

function isInsideLink(tokens: readonly Token[], index: number): boolean {
  const depth = tokens.slice(0, index).reduce((sum, token) => {
    if (token.type === "link_open") {
      return sum + 1;
    }
    return token.type === "link_close" ? sum - 1 : sum;
  }, 0);
  return depth > 0;
}

function attribute(token: Token | undefined, name: string): string {
  return String(token?.attrGet(name) ?? "");
}
