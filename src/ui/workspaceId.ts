/** A name for the open workspace, the same in every session; undefined without one. */

import * as vscode from "vscode";

export function workspaceId(): string | undefined {
  const uri = vscode.workspace.workspaceFile ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  return uri?.toString();
}
