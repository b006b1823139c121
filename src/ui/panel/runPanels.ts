/** The panels of this window: one is used again and again; while a run goes on in it, another run opens one of its own. */

import type * as vscode from "vscode";

import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { RunHead } from "../../shared/runPanel.ts";
import type { PanelDoors } from "./panelDoors.ts";
import { type RunControls, RunPanel } from "./runPanel.ts";
import type { RunSession } from "./runSession.ts";

export class RunPanels implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #redactor: Redactor;
  readonly #doors: PanelDoors;
  readonly #panels: RunPanel[] = [];

  constructor(extensionUri: vscode.Uri, redactor: Redactor, doors: PanelDoors) {
    this.#extensionUri = extensionUri;
    this.#redactor = redactor;
    this.#doors = doors;
  }

  /** Shows a new run at once. No run ends another: two programs may ask at the same time. */
  show(head: RunHead, controls: RunControls): RunSession {
    const idle = this.#panels.find((panel) => !panel.isBusy && panel.suits(head));
    const panel = idle ?? new RunPanel(this.#extensionUri, this.#redactor, this.#doors);
    if (idle === undefined) {
      this.#panels.push(panel);
    }
    const column = this.#panels.map((each) => each.column).find((each) => each !== undefined);
    return panel.show(head, controls, column);
  }

  /** Shows the composer with nothing in it but the endpoint. */
  openComposer(_endpointId: string): void {
    // The panel with a new chat in it.
  }

  dispose(): void {
    for (const panel of this.#panels) {
      panel.dispose();
    }
  }
}
