/** What the view says of itself: which machine requests leave from, where that is another one, and that Restricted Mode leaves something out. */

import * as vscode from "vscode";

import { remoteLabel } from "./machine.ts";

export function viewNotes(view: vscode.TreeView<unknown>): vscode.Disposable {
  const remote = remoteLabel();
  if (remote !== undefined) {
    // Not as its description, which is not shown for the only view of a container.
    view.title = `${view.title ?? ""} · ${remote}`;
  }
  const draw = (): void => {
    view.message = vscode.workspace.isTrusted ? "" : restricted();
  };
  draw();
  return vscode.workspace.onDidGrantWorkspaceTrust(draw);
}

function restricted(): string {
  return vscode.l10n.t(
    "Restricted Mode: endpoints of this workspace's settings are not used. Run Workspaces: Manage Workspace Trust to change that.",
  );
}
