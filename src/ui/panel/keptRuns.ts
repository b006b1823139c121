/** What of the run panel is there from the start: the panels of before a reload, and that kept runs go when they are not to be kept. */

import * as vscode from "vscode";

interface RunsOfBefore {
  restore(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/** Loads what shows runs when one of these happens. */
export function keptRuns(load: () => Promise<RunsOfBefore>): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.window.registerWebviewPanelSerializer("qwen.run", {
      deserializeWebviewPanel: async (panel, state) => (await load()).restore(panel, state),
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("qwen.runs.keep")) {
        void load();
      }
    }),
  );
}
