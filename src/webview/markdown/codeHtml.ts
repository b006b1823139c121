import * as l10n from "@vscode/l10n";
import { chunksOf } from "./chunks.ts";
import { escapeHtml } from "./escapeHtml.ts";
import { highlight } from "./highlight.ts";

/** A code block with its language and buttons (`data-copy`, `data-put`; whoever holds the answer listens for their clicks). */
export function codeHtml(code: string, language: string): string {
  return frameHtml(language, highlight(code, language.toLowerCase()) ?? plainHtml(code));
}

/** The same while its fence is open, or when it has no language: without colours. */
export function openCodeHtml(language: string, code: string): string {
  return frameHtml(language, plainHtml(code));
}

function plainHtml(code: string): string {
  return code === "" ? "" : chunksOf(code).map(chunkHtml).join("");
}

function frameHtml(language: string, content: string): string {
  const name = escapeHtml(language.slice(0, 40));
  const label = escapeHtml(language === "" ? l10n.t("Code") : l10n.t("Code, {0}", language.slice(0, 40)));
  const bar = `<div class="code-bar"><span class="code-language">${name}</span>${buttonsHtml()}</div>`;
  return `<div class="code" data-language="${name}">${bar}<pre tabindex="0" role="group" aria-label="${label}"><code>${content}</code></pre></div>\n`;
}

function buttonsHtml(): string {
  return [
    buttonHtml("data-copy", l10n.t("Copy"), ""),
    buttonHtml('data-put="cursor"', l10n.t("Insert"), l10n.t("Insert at the cursor of the last editor")),
    buttonHtml('data-put="document"', l10n.t("Open"), l10n.t("Open in a new document")),
  ].join("");
}

function buttonHtml(data: string, label: string, title: string): string {
  const tooltip = title === "" ? "" : ` title="${escapeHtml(title)}"`;
  return `<button type="button" class="quiet code-button" ${data}${tooltip}>${escapeHtml(label)}</button>`;
}

function chunkHtml(chunk: string): string {
  return `<span class="chunk">${escapeHtml(chunk)}</span>`;
}
