/** A document and what would become of it, side by side, before anything is changed. */

import * as vscode from "vscode";

import { Notice } from "../notice.ts";
import { notify } from "../notify.ts";
import { baseName, changeText, shownEditor } from "./changeText.ts";

/** What is to be replaced; `viewColumn` is where its editor was. */
export interface Place {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  readonly viewColumn: vscode.ViewColumn | undefined;
}

/** An object, as a promise in a promise would be waited for. */
export interface Offered {
  readonly decided: Promise<void>;
}

const scheme = "qwen-preview";

export class ReplacePreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  #made = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? "";
  }

  dispose(): void {
    this.#registration.dispose();
    this.#texts.clear();
  }

  /** Shows the difference; once the person agrees, replaces the text, unless it has become another meanwhile. */
  async offer(place: Place, text: string): Promise<Offered> {
    const before = place.document.getText(place.range);
    const preview = await this.#show(place, text);
    return { decided: this.#decide(place, text, before, preview) };
  }

  async #decide(place: Place, text: string, before: string, preview: vscode.Uri): Promise<void> {
    const { document, range } = place;
    const apply = vscode.l10n.t("Apply");
    const question = vscode.l10n.t(
      "Replace the selected text of {0} with the answer?",
      baseName(document.uri),
    );
    const picked = await notify("information", question, { buttons: [apply, vscode.l10n.t("Discard")] });
    this.#texts.delete(preview.toString());
    await closeDiff(preview);
    if (picked !== apply) {
      return;
    }
    const editor = await shownEditor(place, range);
    if (editor.document.getText(range) !== before) {
      throw new Notice(
        vscode.l10n.t(
          "{0} has changed meanwhile, so nothing was replaced. Select the text again.",
          baseName(document.uri),
        ),
      );
    }
    await changeText(editor, range, text);
  }

  async #show({ document, range, viewColumn }: Place, text: string): Promise<vscode.Uri> {
    this.#made++;
    const preview = vscode.Uri.from({ scheme, path: `/${baseName(document.uri)}`, query: `${this.#made}` });
    this.#texts.set(preview.toString(), withReplaced(document, range, text));
    const shown = await vscode.workspace.openTextDocument(preview);
    if (shown.languageId !== document.languageId) {
      await vscode.languages.setTextDocumentLanguage(shown, document.languageId);
    }
    const title = vscode.l10n.t("{0}: current ↔ with the answer", baseName(document.uri));
    const options = { preview: true, ...(viewColumn === undefined ? {} : { viewColumn }) };
    await vscode.commands.executeCommand("vscode.diff", document.uri, preview, title, options);
    return preview;
  }
}

function withReplaced(document: vscode.TextDocument, range: vscode.Range, text: string): string {
  const whole = document.getText();
  return whole.slice(0, document.offsetAt(range.start)) + text + whole.slice(document.offsetAt(range.end));
}

async function closeDiff(preview: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(
    ({ input }) =>
      input instanceof vscode.TabInputTextDiff && input.modified.toString() === preview.toString(),
  );
  await vscode.window.tabGroups.close(ours, true);
}
