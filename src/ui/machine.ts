/** Which machine requests leave from: where the extension host runs, which in a remote window is not the one you sit at. */

import * as vscode from "vscode";

export function machineName(): string {
  const name = remoteLabel();
  return name === undefined ? vscode.l10n.t("this computer") : vscode.l10n.t("remote machine ({0})", name);
}

/** What kind of remote machine it is; undefined for the one you sit at. */
export function remoteLabel(): string | undefined {
  const { remoteName } = vscode.env;
  if (remoteName === undefined) {
    return undefined;
  }
  const names: Readonly<Record<string, string>> = {
    "ssh-remote": "SSH",
    wsl: "WSL",
    "dev-container": vscode.l10n.t("dev container"),
    "attached-container": vscode.l10n.t("container"),
    codespaces: "Codespaces",
  };
  // A VS Code server opened in a browser is named by its address, which is the browser's affair.
  const name = /:\d+$/.test(remoteName) ? "VS Code Server" : remoteName;
  return names[remoteName] ?? name;
}

/** Is it the one you sit at? */
export function machineIs(): "local" | "remote" {
  return vscode.env.remoteName === undefined ? "local" : "remote";
}
