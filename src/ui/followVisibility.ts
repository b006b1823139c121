/** Background checks run only while something shows them: the view, or the status bar item. */

import * as vscode from "vscode";

import type { HealthMonitor } from "../core/endpoint/healthMonitor.ts";
import { StatusDisplay } from "./statusDisplay.ts";

export function followVisibility(
  view: vscode.TreeView<unknown>,
  status: StatusDisplay,
  monitor: HealthMonitor,
): vscode.Disposable {
  const follow = (): void => monitor.setActive(view.visible || StatusDisplay.isWanted());
  follow();
  return vscode.Disposable.from(
    view.onDidChangeVisibility(follow),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("qwen.statusBar")) {
        status.draw();
        follow();
      }
    }),
  );
}
