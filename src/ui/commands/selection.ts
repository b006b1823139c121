/** The selected text of the active editor, as a prompt. */

import * as vscode from "vscode";

import { Notice } from "../notice.ts";

export interface Selected {
  readonly text: string;
  readonly languageId: string;
}

export function selectedText(): Selected {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText(editor.selection) ?? "";
  if (editor === undefined || text.trim() === "") {
    throw new Notice(vscode.l10n.t("Select some text in an editor first."));
  }
  return { text, languageId: editor.document.languageId };
}

/** The instruction, then the selection in a fence longer than any inside it. */
export function promptWith(instruction: string, { text, languageId }: Selected): string {
  const ticks = [...text.matchAll(/`{3,}/g)].map(([run]) => run.length);
  const fence = "`".repeat(Math.max(3, ...ticks.map((length) => length + 1)));
  return `${instruction}\n\n${fence}${languageId === "plaintext" ? "" : languageId}\n${text}\n${fence}`;
}
