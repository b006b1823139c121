/** Puts a text into a document in its editor, as one step to undo. */

import * as vscode from "vscode";

import { Notice } from "../notice.ts";

/** The editor of a document, shown again where it is hidden or closed. */
export async function shownEditor(
  { document, viewColumn }: Pick<vscode.TextEditor, "document" | "viewColumn">,
  selection?: vscode.Range,
): Promise<vscode.TextEditor> {
  if (document.isClosed && document.isUntitled) {
    throw openFirst();
  }
  const open = document.isClosed ? await vscode.workspace.openTextDocument(document.uri) : document;
  return vscode.window.showTextDocument(open, {
    ...(viewColumn === undefined ? {} : { viewColumn }),
    ...(selection === undefined ? {} : { selection }),
  });
}

export function openFirst(): Notice {
  return new Notice(vscode.l10n.t("Open a file first, and put the cursor where the text is to go."));
}

/** Nothing else is moved or formatted. A document that can not be changed is a notice. */
export async function changeText(
  editor: vscode.TextEditor,
  range: vscode.Range,
  text: string,
): Promise<void> {
  const { document } = editor;
  const { version } = document;
  const isWritable = vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) !== false;
  const isDone = isWritable && (await editor.edit((edit) => edit.replace(range, text)));
  // To a read-only document the editor says yes and does nothing.
  if (!isDone || (document.version === version && document.getText(range) !== text)) {
    throw new Notice(
      vscode.l10n.t(
        "{0} is read-only. The answer can be opened as a document instead.",
        baseName(document.uri),
      ),
    );
  }
}

export function baseName(uri: vscode.Uri): string {
  return uri.path.split("/").at(-1) ?? uri.path;
}
