import assert from "node:assert/strict";
import * as vscode from "vscode";

/** Closes every panel of runs. A tab that is being moved to another group is skipped without a word, so once may not be enough. */
export async function closeRunPanels(): Promise<void> {
  const open = (): readonly vscode.Tab[] =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isRunPanel));
  for (let tabs = open(); tabs.length > 0; tabs = open()) {
    await vscode.window.tabGroups.close(tabs);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export function isRunPanel({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.includes("qwen.run");
}

export async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (isTrue()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail("what was waited for did not come within 5 seconds");
}
