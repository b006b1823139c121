/** The open workspace: its name, the same in every session, its first folder, and whether it is trusted. */

import * as vscode from "vscode";

export function openWorkspace(): {
  readonly id: string | undefined;
  readonly folder: string | undefined;
  readonly isTrusted: () => boolean;
} {
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  const folder = workspaceFolders?.[0]?.uri;
  return {
    id: (workspaceFile ?? folder)?.toString(),
    folder: folder?.scheme === "file" ? folder.fsPath : undefined,
    isTrusted: () => vscode.workspace.isTrusted,
  };
}
