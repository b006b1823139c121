/** Messages to the person. The only place that shows them: VS Code reads links in their text, and ours may quote a server. */

import * as vscode from "vscode";

interface MessageOptions {
  /** Waits for an answer; a modal message alone shows the detail. */
  readonly modal?: boolean;
  readonly detail?: string;
  readonly buttons?: readonly string[];
  /** What the button that closes a modal message says instead of Cancel. */
  readonly close?: string;
}

/** A message with buttons; resolves with the one that was clicked. */
export async function notify(
  severity: "information" | "warning" | "error",
  text: string,
  { modal = false, detail, buttons = [], close }: MessageOptions = {},
): Promise<string | undefined> {
  const shown = withoutLinks(text);
  const options = { modal, ...(detail === undefined ? {} : { detail }) };
  const items: vscode.MessageItem[] = buttons.map((title) => ({ title }));
  if (close !== undefined) {
    items.push({ title: close, isCloseAffordance: true });
  }
  switch (severity) {
    case "information":
      return (await vscode.window.showInformationMessage(shown, options, ...items))?.title;
    case "warning":
      return (await vscode.window.showWarningMessage(shown, options, ...items))?.title;
    case "error":
      return (await vscode.window.showErrorMessage(shown, options, ...items))?.title;
  }
}

/** `[text](command:…)` in a message is a link that runs a command. A zero-width space keeps it text. */
function withoutLinks(text: string): string {
  return text.replaceAll("](", "]\u200b(");
}
