/** A panel beside the editor that shows one of the window's runs, or the composer. */

import * as vscode from "vscode";

import type { ChatDraft } from "../../core/chat/chatDraft.ts";
import type { RunWire } from "../../core/chat/runWire.ts";
import type { Redactor } from "../../core/diagnosis/redact.ts";
import { openHostEnd, type HostEnd, type RequestHandlers } from "../../shared/link.ts";
import type { ReportFormat, RunList, RunPanelContract, RunSnapshot } from "../../shared/runPanel.ts";
import type { Frames } from "./frames.ts";
import type { TextOrigin } from "../editor/textOrigin.ts";
import { pageHtml } from "./pageHtml.ts";
import type { Emit } from "./runSession.ts";
import { wireOf } from "./wireOf.ts";

/** What the page's buttons do to a run. */
export interface RunControls {
  /** What the composer opens with to ask further or anew; absent for runs that are no chat. */
  draft?(answer: "with" | "without"): ChatDraft;
  /** Lets the model go on; absent where it did not stop for length. */
  continueAnswer?(): void;
  /** The bytes of it; absent where none are kept. */
  readonly wire?: RunWire;
  /** The text in an editor that it is about. */
  readonly origin?: TextOrigin;
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

interface PanelWorld {
  readonly extensionUri: vscode.Uri;
  readonly redactor: Redactor;
  readonly frames: Frames;
  readonly handlers: (panel: RunPanel) => RequestHandlers<RunPanelContract>;
  readonly closed: (panel: RunPanel) => void;
}

/** Named by `onWebviewPanel` in package.json. */
const viewType = "qwen.run";

export class RunPanel {
  /** The same after a reload. */
  readonly id: string;
  readonly #panel: vscode.WebviewPanel;
  readonly #redactor: Redactor;
  readonly #host: HostEnd<RunPanelContract>;
  #page: "loading" | "ready" = "loading";
  #pin: RunList["pin"] = "free";
  #shown: { readonly runId: string } | { readonly draft: ChatDraft } | undefined;
  #listed = "";

  constructor(id: string, panel: vscode.WebviewPanel, world: PanelWorld) {
    const { extensionUri, redactor, frames, handlers, closed } = world;
    this.id = id;
    this.#panel = panel;
    this.#redactor = redactor;
    panel.iconPath = vscode.Uri.joinPath(extensionUri, "media", "icon.png");
    panel.webview.options = webviewOptions(extensionUri);
    this.#host = openHostEnd(wireOf(panel.webview), handlers(this), (post) => frames.post(post));
    panel.onDidDispose(() => {
      this.#host.close();
      closed(this);
    });
    panel.webview.html = pageHtml(panel.webview, extensionUri, "run", "Qwen Endpoints", id);
  }

  /** A new one, in `column`, else beside the editor. */
  static open(id: string, column: vscode.ViewColumn | undefined, world: PanelWorld): RunPanel {
    const isFree = column !== vscode.window.activeTextEditor?.viewColumn;
    const panel = vscode.window.createWebviewPanel(
      viewType,
      "Qwen",
      { viewColumn: (isFree ? column : undefined) ?? vscode.ViewColumn.Beside, preserveFocus: true },
      { ...webviewOptions(world.extensionUri), retainContextWhenHidden: true, enableFindWidget: true },
    );
    return new RunPanel(id, panel, world);
  }

  get column(): vscode.ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  /** Undefined while it shows the composer, or nothing. */
  get shownId(): string | undefined {
    return this.#shown !== undefined && "runId" in this.#shown ? this.#shown.runId : undefined;
  }

  get draft(): ChatDraft | undefined {
    return this.#shown !== undefined && "draft" in this.#shown ? this.#shown.draft : undefined;
  }

  /** Pinned: the next run opens in another. */
  get pin(): RunList["pin"] {
    return this.#pin;
  }

  set pin(pin: RunList["pin"]) {
    this.#pin = pin;
  }

  /** Brings it to the front, never on top of the text that is asked about. */
  reveal(focus: "taken" | "kept"): void {
    const isCovering = this.#panel.viewColumn === vscode.window.activeTextEditor?.viewColumn;
    this.#panel.reveal(isCovering ? vscode.ViewColumn.Beside : undefined, focus === "kept");
  }

  /** From now on it is told of this run; the snapshot follows with `tell`. */
  turnTo(runId: string, endpointName: string): void {
    this.#shown = { runId };
    this.#panel.title = this.#redactor.clean(vscode.l10n.t("Qwen: {0}", endpointName));
  }

  show(snapshot: RunSnapshot): void {
    this.turnTo(snapshot.head.runId, snapshot.head.endpointName);
    this.tell("run/shown", snapshot);
  }

  compose(draft: ChatDraft): void {
    this.#shown = { draft };
    this.#panel.title = vscode.l10n.t("Qwen: New chat");
    this.tell("composer/opened", draft);
  }

  /** What it showed is gone, and there is nothing else; the page sees that from the list. */
  showNothing(): void {
    this.#shown = undefined;
    this.#panel.title = "Qwen";
  }

  /** The page can draw now, or again. */
  ready(): void {
    this.#page = "ready";
    this.#listed = "";
  }

  /** A page that can not draw yet is told everything when it can. */
  readonly tell: Emit = (name, event) => {
    if (this.#page === "ready") {
      this.#host.emit(name, event);
    }
  };

  /** Tells the list, if it says anything new. */
  list(runs: RunList["runs"]): void {
    const list: RunList = { runs, pin: this.#pin };
    const text = JSON.stringify(list);
    if (this.#page === "ready" && text !== this.#listed) {
      this.#listed = text;
      this.#host.emit("runs/listed", list);
    }
  }

  /** Leaves the panel where it is: after a reload its page comes back. */
  letGo(): void {
    this.#host.close();
  }
}

function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, "dist", "webview")],
  };
}
