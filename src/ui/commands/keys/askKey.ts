/** Asks for a key: cleaned as it is typed, saying what is removed and what is wrong with it, never showing it. */

import * as vscode from "vscode";

import { describeFinding } from "../../../core/diagnosis/findingTexts.ts";
import { cleanKey, type KeyChange } from "../../../core/keys/cleanKey.ts";
import { removedWords } from "../../../core/keys/keyWords.ts";
import { notify } from "../../notify.ts";

export interface AskedKey {
  readonly key: string;
  /** What stood around it. */
  readonly changes: readonly KeyChange[];
}

/** Undefined when the person cancels, or enters nothing. */
export async function askKey(title: string, prompt: string): Promise<AskedKey | undefined> {
  const pasted = await vscode.window.showInputBox({
    title,
    prompt,
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text === "" ? undefined : remarkOn(text)),
  });
  const cleaned = cleanKey(pasted ?? "");
  return cleaned.kind === "clean" ? cleaned : undefined;
}

/** Names what was removed, once the key is stored; never the key. */
export function tellRemoved({ changes }: Pick<AskedKey, "changes">): void {
  if (changes.length > 0) {
    const text = vscode.l10n.t(
      "Removed from around the key before it was stored: {0}",
      removedWords(changes),
    );
    void notify("information", text);
  }
}

function remarkOn(text: string): string | vscode.InputBoxValidationMessage | undefined {
  const cleaned = cleanKey(text);
  if (cleaned.kind === "refused") {
    return describeFinding(cleaned.code).title;
  }
  return cleaned.changes.length === 0
    ? undefined
    : {
        message: vscode.l10n.t("Will be removed: {0}", removedWords(cleaned.changes)),
        severity: vscode.InputBoxValidationSeverity.Info,
      };
}
