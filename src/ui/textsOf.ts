/** Localisation bundles as they lie in the extension's folder, for texts in another language than the window's. */

import * as vscode from "vscode";

/** English is what the sources say, and needs no bundle. */
export function textsOf(
  extensionUri: vscode.Uri,
): (language: "en" | "zh-cn") => Promise<Readonly<Record<string, string>>> {
  return async (language) => {
    if (language === "en") {
      return {};
    }
    const file = vscode.Uri.joinPath(extensionUri, "l10n", `bundle.l10n.${language}.json`);
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    return JSON.parse(text) as Readonly<Record<string, string>>;
  };
}
