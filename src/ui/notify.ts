/** Messages to the person. The only place that shows them: VS Code reads links in their text, and ours may quote a server. */

import * as vscode from "vscode";

/** A message with buttons; resolves with the one that was clicked. `modal` waits for an answer; it alone shows the detail. */
export function notify(
  severity: "information" | "warning" | "error",
  text: string,
  options: { readonly modal?: boolean; readonly detail?: string; readonly buttons?: readonly string[] } = {},
): Thenable<string | undefined> {
  const shown = withoutLinks(text);
  const { detail } = options;
  const modal = { modal: options.modal ?? false, ...(detail === undefined ? {} : { detail }) };
  const buttons = [...(options.buttons ?? [])];
  switch (severity) {
    case "information":
      return vscode.window.showInformationMessage(shown, modal, ...buttons);
    case "warning":
      return vscode.window.showWarningMessage(shown, modal, ...buttons);
    case "error":
      return vscode.window.showErrorMessage(shown, modal, ...buttons);
  }
}

/** `[text](command:…)` in a message is a link that runs a command. A zero-width space keeps it text. */
function withoutLinks(text: string): string {
  return text.replaceAll("](", "]\u200b(");
}
