/** The usage report's panel: one for the window, used again. Closing it stops the reading. */

import * as vscode from "vscode";

import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { AuditFiles } from "../../core/audit/auditFiles.ts";
import type { Clock } from "../../core/ports.ts";
import type { UsageReport } from "../../core/usage/usageReport.ts";
import { openHostEnd, type HostEnd, type RequestHandlers } from "../../shared/link.ts";
import { settingsSection } from "../../shared/manifest.ts";
import { usageRanges, type UsagePanelContract } from "../../shared/usagePanel.ts";
import { pageHtml } from "../panel/pageHtml.ts";
import { wireOf } from "../panel/wireOf.ts";
import { exportLines, exportTable } from "./exportUsage.ts";
import { UsageSession } from "./usageSession.ts";

export interface UsageDependencies {
  readonly extensionUri: vscode.Uri;
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly auditFiles: () => Promise<AuditFiles>;
}

interface Opened {
  readonly panel: vscode.WebviewPanel;
  readonly session: UsageSession;
  /** The page has said which time zone the person is in. */
  readonly ready: Promise<void>;
}

/** A page that does not load must not hold up a program. */
const patienceMs = 3_000;

export class UsagePanel {
  readonly #dependencies: UsageDependencies;
  #opened: Opened | undefined;
  #host: HostEnd<UsagePanelContract> | undefined;

  constructor(dependencies: UsageDependencies) {
    this.#dependencies = dependencies;
  }

  /** Shows the page, reads the log for the range it shows, 30 days at first, and resolves with the report. */
  async show(): Promise<UsageReport | undefined> {
    this.#opened?.panel.reveal();
    const opened = (this.#opened ??= this.#open());
    let cancel = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      cancel = this.#dependencies.clock.after(patienceMs, resolve);
    });
    await Promise.race([opened.ready, late]);
    cancel();
    return this.#opened === opened ? opened.session.read() : undefined;
  }

  #open(): Opened {
    const { extensionUri } = this.#dependencies;
    const panel = vscode.window.createWebviewPanel(
      "qwen.usage",
      vscode.l10n.t("Qwen: Usage"),
      vscode.ViewColumn.Active,
      {
        enableScripts: true,
        localResourceRoots: [vscode.Uri.joinPath(extensionUri, "dist", "webview")],
        retainContextWhenHidden: true,
        enableFindWidget: true,
      },
    );
    panel.iconPath = vscode.Uri.joinPath(extensionUri, "media", "icon.png");
    let isReady = (): void => undefined;
    const ready = new Promise<void>((resolve) => {
      isReady = resolve;
    });
    const session = this.#connect(panel, isReady);
    panel.webview.html = pageHtml(panel.webview, extensionUri, "usage", "Qwen Endpoints");
    return { panel, session, ready };
  }

  #connect(panel: vscode.WebviewPanel, isReady: () => void): UsageSession {
    const { auditFiles, clock, redactor } = this.#dependencies;
    const session = new UsageSession({
      auditFiles,
      prices: () => settings().get("prices"),
      log: () => (settings().get<boolean>("audit.enabled", true) ? "on" : "off"),
      nowMs: () => clock.epochMs(),
      clean: (text) => redactor.clean(text),
      emit: (name, event) => this.#host?.emit(name, event),
    });
    this.#host = openHostEnd(wireOf(panel.webview), handlersOf(session, isReady));
    const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("qwen.prices") || event.affectsConfiguration("qwen.audit.enabled")) {
        void session.read();
      }
    });
    panel.onDidDispose(() => {
      subscription.dispose();
      this.#host?.close();
      session.stop();
      isReady();
      this.#host = undefined;
      this.#opened = undefined;
    });
    return session;
  }
}

function handlersOf(session: UsageSession, isReady: () => void): RequestHandlers<UsagePanelContract> {
  return {
    "page/ready": ({ timeZone }) => {
      session.useZone(timeZone);
      session.tell();
      isReady();
      return Promise.resolve(null);
    },
    "usage/read": ({ range }) => {
      void session.read(usageRanges.find((each) => each === range));
      return Promise.resolve(null);
    },
    "usage/stop": () => {
      session.stop();
      return Promise.resolve(null);
    },
    "usage/exportTable": (table) => exportTable(session.view, table),
    "usage/exportLines": () => exportLines(),
    "settings/open": async ({ setting }) => {
      const name = setting === "prices" ? "prices" : "audit.enabled";
      await vscode.commands.executeCommand("workbench.action.openSettings", `${settingsSection}.${name}`);
      return null;
    },
  };
}

function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration(settingsSection);
}
