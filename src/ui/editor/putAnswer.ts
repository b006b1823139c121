/** An answer, or code of it, on its way into an editor. */

import * as vscode from "vscode";

import { soleFence } from "../../core/prompts/fenced.ts";
import { languageIdOf } from "../../core/prompts/fenceLanguage.ts";
import { Notice } from "../notice.ts";
import { changeText, openFirst, shownEditor } from "./changeText.ts";
import type { LastEditor } from "./lastEditor.ts";
import type { Offered, Place, ReplacePreview } from "./replacePreview.ts";
import type { TextOrigin } from "./textOrigin.ts";

/** Secrets removed. `part`: the code of a fence; otherwise it is the whole answer, which is Markdown. */
export interface PutText {
  readonly text: string;
  readonly is: "part" | "answer";
  /** A fence's language, or empty. */
  readonly language: string;
}

export async function insertAtCursor(put: PutText, last: LastEditor): Promise<void> {
  const used = last.editor;
  if (used === undefined) {
    throw openFirst();
  }
  const editor = await shownEditor(used, used.selection);
  const { active } = editor.selection;
  // In a document that is itself Markdown a fence is what one wants.
  const text = editor.document.languageId === "markdown" ? put.text : codeOf(put);
  await changeText(editor, new vscode.Range(active, active), text);
}

/** Shows the difference; what the person decides comes later. */
export async function offerToReplace(
  put: PutText,
  origin: TextOrigin | undefined,
  last: LastEditor,
  preview: ReplacePreview,
): Promise<Offered> {
  const place = await placeToReplace(origin, last);
  const code = codeOf(put);
  // Code in a fence has no line break at its end; one that was selected stays.
  const isShort = place.document.getText(place.range).endsWith("\n") && !code.endsWith("\n");
  return preview.offer(place, isShort ? `${code}\n` : code);
}

/** Where the editor used last is: not on top of the panel. */
export async function openAsDocument({ text, is, language }: PutText, last: LastEditor): Promise<void> {
  const fence = is === "answer" && language === "" ? "markdown" : language;
  const languageId = languageIdOf(fence, await vscode.languages.getLanguages());
  const document = await vscode.workspace.openTextDocument({ content: text, language: languageId });
  await vscode.window.showTextDocument(document, last.editor?.viewColumn);
}

/** What is selected now counts before what was selected when it was asked. */
async function placeToReplace(origin: TextOrigin | undefined, last: LastEditor): Promise<Place> {
  const used = last.editor;
  if (used !== undefined && !used.selection.isEmpty && !used.document.isClosed) {
    const { document, selection, viewColumn } = used;
    return { document, viewColumn, range: new vscode.Range(selection.start, selection.end) };
  }
  if (origin === undefined) {
    throw used === undefined
      ? openFirst()
      : new Notice(vscode.l10n.t("Select the text that is to be replaced first."));
  }
  const document = await vscode.workspace.openTextDocument(origin.uri);
  if (document.getText(origin.range) !== origin.text) {
    throw new Notice(
      vscode.l10n.t("The text that was asked about has changed. Select what is to be replaced first."),
    );
  }
  return { document, range: origin.range, viewColumn: used?.viewColumn };
}

/** Of an answer that is one fence and little else, the code of that. */
function codeOf({ text, is }: PutText): string {
  return is === "answer" ? (soleFence(text)?.code ?? text) : text;
}
