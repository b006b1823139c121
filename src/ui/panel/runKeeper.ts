/** Keeps this window's runs in the workspace's storage, as many as the setting says. */

import * as vscode from "vscode";

import type { Redactor } from "../../core/diagnosis/redact.ts";
import { settingsSection } from "../../shared/manifest.ts";
import type { RunSnapshot } from "../../shared/runPanel.ts";
import type { HeldRun } from "./heldRuns.ts";
import type { KeptRun } from "./keptRun.ts";
import { RunArchive } from "./runArchive.ts";
import { runFiles } from "./runFiles.ts";
import type { RunControls } from "./runPanel.ts";

export class RunKeeper implements vscode.Disposable {
  readonly #redactor: Redactor;
  readonly #archive: RunArchive;
  readonly #settings: vscode.Disposable;
  #window: "open" | "closing" = "open";

  constructor(redactor: Redactor, storage: vscode.Uri | undefined) {
    this.#redactor = redactor;
    this.#archive = new RunArchive(runFiles(storage), {
      keep: () => this.count,
      cutNote: vscode.l10n.t("… (cut here when it was kept)"),
    });
    this.#settings = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${settingsSection}.runs.keep`)) {
        void this.#archive.trim();
      }
    });
  }

  /** How many are kept. */
  get count(): number {
    const given = vscode.workspace.getConfiguration(settingsSection).get<unknown>("runs.keep");
    return typeof given === "number" && given >= 0 ? Math.floor(Math.min(given, mostKept)) : usuallyKept;
  }

  load(): Promise<readonly KeptRun[]> {
    return this.#archive.load();
  }

  /** When it begins, so that a reload does not lose it altogether, and when it has ended. */
  keep({ session, controls }: HeldRun): void {
    if (this.count === 0) {
      return;
    }
    const snapshot = this.#endedBy(session.snapshot());
    const isOwnText = snapshot.end !== undefined && snapshot.head.kind !== "chat";
    const copied = isOwnText ? controls.copyText() : "";
    void this.#archive.save({
      snapshot,
      ...this.#draftsOf(controls),
      ...(copied === "" ? {} : { copied: this.#redactor.clean(copied) }),
    });
  }

  remove(runId: string): void {
    void this.#archive.remove([runId]);
  }

  clear(except: readonly string[]): Promise<void> {
    return this.#archive.clear(except);
  }

  /** What ends from now on is ended by the window. */
  dispose(): void {
    this.#window = "closing";
    this.#settings.dispose();
  }

  #draftsOf(controls: RunControls): Pick<KeptRun, "drafts"> {
    const [answered, asked] = [controls.draft?.("with"), controls.draft?.("without")];
    return answered === undefined || asked === undefined
      ? {}
      : { drafts: this.#redactor.cleanDeep({ with: answered, without: asked }) };
  }

  #endedBy(snapshot: RunSnapshot): RunSnapshot {
    return this.#window === "closing" && snapshot.end?.state === "stopped"
      ? { ...snapshot, end: { ...snapshot.end, by: "reload" } }
      : snapshot;
  }
}

const usuallyKept = 30;
const mostKept = 200;
