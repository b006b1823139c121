/** Where trusted certificates are kept: `ca/` in the extension's own storage. */

import * as vscode from "vscode";

/** Makes the folder when it is first needed. */
export function caFiles(storage: vscode.Uri): (fileName: string, pem: string) => Promise<string> {
  return async (fileName, pem) => {
    const folder = vscode.Uri.joinPath(storage, "ca");
    await vscode.workspace.fs.createDirectory(folder);
    const file = vscode.Uri.joinPath(folder, fileName);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(pem));
    return file.fsPath;
  };
}
