/** The view's badge and the status bar item, which both count what is down, and the view's notes. */

import * as vscode from "vscode";

import type { EndpointStore } from "../core/endpoint/endpointStore.ts";
import { type StatusSummary, summarize } from "../core/endpoint/summary.ts";
import { machineName } from "./machine.ts";
import { settingsSection } from "../shared/manifest.ts";
import { viewNotes } from "./viewNotes.ts";

const gatherMs = 150;
/** Names in the tooltip; more is no tooltip. */
const namesShown = 10;

export class StatusDisplay implements vscode.Disposable {
  readonly #store: EndpointStore;
  readonly #view: vscode.TreeView<unknown>;
  readonly #item = vscode.window.createStatusBarItem("qwen.status", vscode.StatusBarAlignment.Right, 50);
  readonly #stopListening: () => void;
  readonly #notes: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;

  constructor(store: EndpointStore, view: vscode.TreeView<unknown>) {
    this.#store = store;
    this.#view = view;
    this.#notes = viewNotes(view);
    this.#item.name = vscode.l10n.t("Qwen Endpoints");
    this.#item.command = "qwen.endpoints.focus";
    this.#stopListening = store.onChange(() => {
      this.#timer ??= setTimeout(() => this.draw(), gatherMs);
    });
  }

  /** Is the status bar item shown? Background checks run while it is. */
  static isWanted(): boolean {
    return vscode.workspace.getConfiguration(settingsSection).get("statusBar.visible", true);
  }

  draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const summary = summarize(this.#store);
    const bad = summary.down + summary.invalid;
    this.#view.badge = bad === 0 ? undefined : { value: bad, tooltip: badText(summary) };
    if (!StatusDisplay.isWanted() || summary.total + summary.invalid === 0) {
      this.#item.hide();
      return;
    }
    this.#item.text =
      bad === 0 ? `$(pulse) ${summary.up}/${summary.total}` : `$(warning) ${vscode.l10n.t("{0} down", bad)}`;
    this.#item.tooltip = tooltip(summary);
    this.#item.accessibilityInformation = { label: tooltip(summary) };
    this.#item.backgroundColor =
      bad === 0 ? undefined : new vscode.ThemeColor("statusBarItem.warningBackground");
    this.#item.show();
  }

  dispose(): void {
    this.#stopListening();
    this.#notes.dispose();
    clearTimeout(this.#timer);
    this.#item.dispose();
  }
}

function badText({ down, invalid }: StatusSummary): string {
  return [
    ...(down > 0 ? [vscode.l10n.t("Endpoints down: {0}", down)] : []),
    ...(invalid > 0 ? [vscode.l10n.t("Settings entries with a mistake: {0}", invalid)] : []),
  ].join("\n");
}

function tooltip(summary: StatusSummary): string {
  const head = vscode.l10n.t("Qwen Endpoints: {0} of {1} up", summary.up, summary.total);
  const machine = vscode.l10n.t("Requests leave from: {0}", machineName());
  return [head, badText(summary), ...summary.downNames.slice(0, namesShown), machine]
    .filter((line) => line !== "")
    .join("\n");
}
