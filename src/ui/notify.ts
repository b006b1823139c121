/** Messages to the person. The only place that shows them: VS Code reads links in their text, and ours may quote a server. */

import * as vscode from "vscode";

type Item = string | vscode.MessageItem;

/** Texts and objects may stand beside each other, which the editor's types do not say. */
type Show = (text: string, options: vscode.MessageOptions, ...items: Item[]) => Thenable<Item | undefined>;

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
  const show: Show = {
    information: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[severity];
  const closing = close === undefined ? [] : [{ title: close, isCloseAffordance: true }];
  const picked = await show(shown, options, ...buttons, ...closing);
  return typeof picked === "object" ? picked.title : picked;
}

/** `[text](command:…)` in a message is a link that runs a command. A zero-width space keeps it text. */
function withoutLinks(text: string): string {
  return text.replaceAll("](", "]\u200b(");
}
