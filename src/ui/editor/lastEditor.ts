/** The text editor that was used last: while a panel has the focus there is no active one. */

import * as vscode from "vscode";

/** Output, the box of a commit message and the like are editors too, and no place for an answer. */
const places: ReadonlySet<string> = new Set(["output", "vscode-scm", "comment", "debug", "qwen-preview"]);

export class LastEditor implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;
  #editor: vscode.TextEditor | undefined;

  constructor() {
    this.#note(vscode.window.activeTextEditor);
    this.#subscription = vscode.window.onDidChangeActiveTextEditor((editor) => this.#note(editor));
  }

  /** It may be hidden by now, and its document closed. */
  get editor(): vscode.TextEditor | undefined {
    return this.#editor ?? vscode.window.visibleTextEditors.find(isPlace);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #note(editor: vscode.TextEditor | undefined): void {
    if (editor !== undefined && isPlace(editor)) {
      this.#editor = editor;
    }
  }
}

function isPlace({ document }: vscode.TextEditor): boolean {
  return !places.has(document.uri.scheme);
}
