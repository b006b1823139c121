import * as l10n from "@vscode/l10n";
import { chunksOf } from "./chunks.ts";
import { highlight } from "./highlight.ts";

/** A code block with its language and a Copy button (`data-copy`; whoever holds the answer listens for its clicks). */
export function codeHtml(code: string, language: string): string {
  return frameHtml(language, highlight(code, language.toLowerCase()) ?? plainHtml(code));
}

/** The same while its fence is open, or when it has no language: without colours. */
export function openCodeHtml(language: string, code: string): string {
  return frameHtml(language, plainHtml(code));
}

function plainHtml(code: string): string {
  return chunksOf(code).map(chunkHtml).join("");
}

function frameHtml(language: string, content: string): string {
  const name = escapeHtml(language.slice(0, 40));
  const label = escapeHtml(language === "" ? l10n.t("Code") : l10n.t("Code, {0}", language.slice(0, 40)));
  const bar = `<div class="code-bar"><span class="code-language">${name}</span>${copyButtonHtml()}</div>`;
  return `<div class="code">${bar}<pre tabindex="0" role="group" aria-label="${label}"><code>${content}</code></pre></div>\n`;
}

function copyButtonHtml(): string {
  return `<button type="button" class="quiet code-copy" data-copy>${escapeHtml(l10n.t("Copy"))}</button>`;
}

function chunkHtml(chunk: string): string {
  return `<span class="chunk">${escapeHtml(chunk)}</span>`;
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
