import * as l10n from "@vscode/l10n";
import { visibleText } from "../../core/visible.ts";

const code = /`[^`]+`/g;
const formula = /\$\$[^$]+\$\$|\$[^\s$](?:[^$]*[^\s$])?\$(?![\w$])|\\\([^)]*\\\)|\\\[.*?\\\]/g;
const link = /!?\[([^\][]*)\]\([^\s()]*(?:\s[^()]*)?\)/g;
/** Not a sign between numbers or spaces, nor a line within a name. */
const emphasis = /(?<!\\)(?:(?<!\d|(?<!\S))\*+|\*+(?!\d|(?!\S)))|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|~~/g;
const address = /https?:\/\/\S+/g;

/**
 * The line as the search for sentences is to see it, of the same length: nothing in code, formulas, links and addresses ends a
 * sentence, and emphasis closes like a quotation mark. What comes after `settled` may still turn out to be such.
 */
export function maskedLine(line: string): { readonly masked: string; readonly settled: number } {
  const masked = line
    .replace(code, covered)
    .replace(formula, covered)
    .replace(link, covered)
    .replace(address, covered)
    .replace(/[*_~]/g, "'");
  const open =
    /`|\[[^\]]*(?:$|\]$|\]\([^)]*$)|\\[([]|(?<![\w$])\$(?=[^\s\d])/.exec(masked)?.index ?? masked.length;
  return { masked, settled: open };
}

/** A piece of Markdown as it is to be heard. */
export function spokenText(source: string): string {
  const text = source
    .replace(formula, l10n.t("formula"))
    .replace(link, "$1")
    .replace(/`/g, "")
    .replace(emphasis, "")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1");
  return visibleText(text).trim();
}

function covered(text: string): string {
  return "X".repeat(text.length);
}
