/** A panel for runs, beside the editor, opened at once and used again. Closing it stops what runs. */

import * as vscode from "vscode";

import type { ChatDraft } from "../../core/chat/chatDraft.ts";
import type { RunWire } from "../../core/chat/runWire.ts";
import type { Redactor } from "../../core/diagnosis/redact.ts";
import { openHostEnd, type HostEnd, type RequestHandlers } from "../../shared/link.ts";
import type { ReportFormat, RunHead, RunPanelContract } from "../../shared/runPanel.ts";
import type { PanelDoors } from "./panelDoors.ts";
import { pageHtml } from "./pageHtml.ts";
import { RunSession } from "./runSession.ts";
import { wireOf } from "./wireOf.ts";

/** What the page's buttons do to a run. */
export interface RunControls {
  /** What the composer opens with to ask further or anew; absent for runs that are no chat. */
  draft?(answer: "with" | "without"): ChatDraft;
  /** Lets the model go on; absent where it did not stop for length. */
  continueAnswer?(): void;
  /** The bytes of it; absent where none are kept. */
  readonly wire?: RunWire;
  stop(): void;
  again(): void;
  /** What Copy puts on the clipboard. */
  copyText(): string;
  applyFix(fixId: string): Promise<void>;
  /** A test's report for the clipboard: a text, or a value to be written as JSON. */
  copyReport?(format: ReportFormat): Promise<unknown>;
  showReport?(endpointId: string): Promise<void>;
  /** Of a comparison: those of its runs, by their id. */
  readonly columns?: ReadonlyMap<string, RunControls>;
}

interface Shown {
  readonly session: RunSession;
  readonly controls: RunControls;
}

export class RunPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #redactor: Redactor;
  readonly #doors: PanelDoors;
  #panel: vscode.WebviewPanel | undefined;
  #host: HostEnd<RunPanelContract> | undefined;
  #shown: Shown | undefined;

  constructor(extensionUri: vscode.Uri, redactor: Redactor, doors: PanelDoors) {
    this.#extensionUri = extensionUri;
    this.#redactor = redactor;
    this.#doors = doors;
  }

  /** Does a run go on in it? */
  get isBusy(): boolean {
    return this.#shown?.session.isRunning === true;
  }

  /** The summary of all tests stays while reports are opened from it. */
  suits(head: RunHead): boolean {
    const shown = this.#shown?.session.kind;
    return shown === undefined || (shown === "tests") === (head.kind === "tests");
  }

  get column(): vscode.ViewColumn | undefined {
    return this.#panel?.viewColumn;
  }

  /** Shows a new run at once; an older one that still runs is stopped. A new panel opens in `column`, else beside the editor. */
  show(head: RunHead, controls: RunControls, column: vscode.ViewColumn | undefined): RunSession {
    this.#stopShown();
    const panel = this.#open(column);
    panel.title = this.#redactor.clean(vscode.l10n.t("Qwen: {0}", head.endpointName));
    const session = new RunSession(head, (name, event) => this.#host?.emit(name, event), this.#redactor);
    this.#shown = { session, controls };
    return session;
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(column: vscode.ViewColumn | undefined): vscode.WebviewPanel {
    if (this.#panel !== undefined) {
      // Never on top of the text that is asked about.
      const isCovering = this.#panel.viewColumn === vscode.window.activeTextEditor?.viewColumn;
      this.#panel.reveal(isCovering ? vscode.ViewColumn.Beside : undefined, true);
      return this.#panel;
    }
    const isFree = column !== vscode.window.activeTextEditor?.viewColumn;
    const assets = vscode.Uri.joinPath(this.#extensionUri, "dist", "webview");
    const panel = vscode.window.createWebviewPanel(
      "qwen.run",
      "Qwen",
      { viewColumn: (isFree ? column : undefined) ?? vscode.ViewColumn.Beside, preserveFocus: true },
      {
        enableScripts: true,
        localResourceRoots: [assets],
        retainContextWhenHidden: true,
        enableFindWidget: true,
      },
    );
    panel.iconPath = vscode.Uri.joinPath(this.#extensionUri, "media", "icon.png");
    this.#panel = panel;
    this.#host = openHostEnd(wireOf(panel.webview), this.#handlers());
    panel.onDidDispose(() => {
      this.#host?.close();
      this.#panel = undefined;
      this.#host = undefined;
      this.#stopShown();
      this.#shown = undefined;
    });
    panel.webview.html = pageHtml(panel.webview, this.#extensionUri, "run", "Qwen Endpoints");
    return panel;
  }

  #stopShown(): void {
    if (this.isBusy) {
      this.#shown?.controls.stop();
    }
  }

  /** A request about a run that is no longer shown is an old click and does nothing. */
  #controls(runId: string): RunControls | undefined {
    const controls = this.#shown?.controls;
    return this.#shown?.session.runId === runId ? controls : controls?.columns?.get(runId);
  }

  #handlers(): RequestHandlers<RunPanelContract> {
    const controls = (runId: string): RunControls | undefined => this.#controls(runId);
    return {
      ...this.#doors.composer(controls),
      ...this.#doors.wire(controls),
      ...this.#doors.answer(controls),
      ...this.#listHandlers(),
      "page/ready": () => {
        const snapshot = this.#shown?.session.snapshot();
        if (snapshot !== undefined) {
          // As an event, not as the answer: an answer is posted a moment later, and what happened in between would be lost.
          this.#host?.emit("run/shown", snapshot);
        }
        return Promise.resolve(null);
      },
      "run/stop": ({ runId }) => {
        this.#controls(runId)?.stop();
        return Promise.resolve(null);
      },
      "run/again": ({ runId }) => {
        this.#controls(runId)?.again();
        return Promise.resolve(null);
      },
      "run/copy": ({ runId }) => this.#copy(this.#controls(runId)?.copyText() ?? ""),
      "report/copy": async ({ runId, format }) =>
        this.#copy((await this.#controls(runId)?.copyReport?.(format)) ?? ""),
      "report/show": async ({ runId, endpointId }) => {
        await this.#controls(runId)?.showReport?.(endpointId);
        return null;
      },
      "code/copy": ({ text }) => this.#copy(text),
      "fix/apply": async ({ runId, fixId }) => {
        await this.#controls(runId)?.applyFix(fixId);
        return null;
      },
      "link/open": async ({ url }) => {
        await openLink(url);
        return null;
      },
    };
  }

  #listHandlers(): Pick<
    RequestHandlers<RunPanelContract>,
    "run/select" | "run/remove" | "runs/clear" | "panel/pin"
  > {
    const done = (): Promise<null> => Promise.resolve(null);
    return { "run/select": done, "run/remove": done, "runs/clear": done, "panel/pin": done };
  }

  async #copy(content: unknown): Promise<null> {
    const text =
      typeof content === "string"
        ? this.#redactor.clean(content)
        : JSON.stringify(this.#redactor.cleanDeep(content), null, 2);
    await vscode.env.clipboard.writeText(text);
    return null;
  }
}

/** Links come from model output: web pages only, and VS Code asks before it opens one it does not trust. */
async function openLink(url: string): Promise<void> {
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  if (isWeb) {
    await vscode.env.openExternal(vscode.Uri.parse(url, true));
  }
}
