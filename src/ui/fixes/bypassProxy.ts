/** Exempts a host from VS Code's proxy, for everything that VS Code does. */

import * as vscode from "vscode";

import type { FixDependencies } from "./fixDependencies.ts";
import { offerUndo } from "./changeEndpoint.ts";

/** Adds the host to `http.noProxy` in the user's settings. */
export async function bypassProxy(
  endpointId: string,
  host: string,
  { refresh, inBackground }: FixDependencies,
): Promise<void> {
  const before = vscode.workspace.getConfiguration("http").inspect<readonly string[]>("noProxy")?.globalValue;
  if (before?.includes(host) !== true) {
    await setNoProxy([...(before ?? []), host]);
  }
  const test = (): void => {
    refresh(endpointId);
    inBackground(Promise.resolve(vscode.commands.executeCommand("qwen.testEndpoint", { endpointId })));
  };
  test();
  const undo = async (): Promise<void> => {
    await setNoProxy(before);
    test();
  };
  offerUndo(vscode.l10n.t("Added {0} to http.noProxy", host), undo, inBackground);
}

async function setNoProxy(hosts: readonly string[] | undefined): Promise<void> {
  await vscode.workspace.getConfiguration("http").update("noProxy", hosts, vscode.ConfigurationTarget.Global);
}
