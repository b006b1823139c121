/** The way to the network for everything in the extension: each request becomes a line of the audit log. */

import * as vscode from "vscode";

import type { AuditLimits, AuditLog, AuditNews, AuditStore } from "../../core/audit/auditLog.ts";
import { auditedHttp, type HttpFor } from "../../core/audit/auditedHttp.ts";
import type { AuditPorts } from "../../core/audit/auditNote.ts";
import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { AuditFiles } from "../../core/audit/auditFiles.ts";
import type { Clock, Http, Log } from "../../core/ports.ts";
import { settingsSection } from "../../shared/manifest.ts";

interface AuditingWorld {
  readonly http: Http;
  readonly clock: Clock;
  readonly log: Log;
  readonly redactor: Redactor;
  /** The extension's own folder; the log lies in `audit` below it. */
  readonly storage: vscode.Uri;
  readonly store: AuditStore;
}

export class Auditing implements vscode.Disposable {
  readonly httpFor: HttpFor;
  readonly #log: AuditLog;
  readonly #openFiles: () => Promise<AuditFiles>;
  readonly #underWay: AuditPorts["underWay"] = new Set();
  readonly #kept: vscode.Disposable[] = [];

  constructor({ http, clock, log, redactor, storage, store }: AuditingWorld) {
    const folder = vscode.Uri.joinPath(storage, "audit").fsPath;
    const window = vscode.env.sessionId.slice(0, 8);
    this.#log = store.openLog(folder, { redactor, limits, window, tell: (news) => tell(news, log) });
    this.#openFiles = () => store.openFiles(folder);
    const ports: AuditPorts = {
      clock,
      window,
      machine: vscode.env.remoteName ?? "local",
      underWay: this.#underWay,
      keepsContent: () => setting("content", "boolean", false),
      isoTime: (epochMs) => new Date(epochMs).toISOString(),
      write: (entry) => {
        if (setting("enabled", "boolean", true)) this.#log.write(entry);
      },
    };
    this.httpFor = (sender) => auditedHttp(http, sender, ports);
  }

  /** The log as files, with everything in it that this window has noted so far. */
  async files(): Promise<AuditFiles> {
    await this.#log.flush();
    return this.#openFiles();
  }

  /** Disposes of it along with itself. */
  keep(disposable: vscode.Disposable): void {
    this.#kept.push(disposable);
  }

  dispose(): void {
    this.#kept.forEach((each) => void each.dispose());
    for (const close of this.#underWay) {
      close("CLOSED");
    }
    this.#log.dispose();
  }
}

function limits(): AuditLimits {
  const megabytes = setting("maxMegabytes", "number", 100);
  const days = setting("keepDays", "number", 90);
  return { maxBytes: Math.max(1, megabytes) * 1024 * 1024, keepMs: Math.max(1, days) * 24 * 3600 * 1000 };
}

function tell(news: AuditNews, log: Log): void {
  if (news.kind === "working") {
    log.info(`audit log: writing works again, ${news.dropped} entries are missing`);
    return;
  }
  log.warn(`audit log: can not be written (${news.code}); requests go on, and it is tried again`);
  const text = vscode.l10n.t("The audit log can not be written: {0}", news.code);
  vscode.window.setStatusBarMessage(`$(warning) ${text}`, shownMs);
}

const shownMs = 30_000;

/** What a setting says, if it is of the kind that it should be. */
function setting<Kind extends "boolean" | "number">(
  name: string,
  kind: Kind,
  usual: Kind extends "boolean" ? boolean : number,
): typeof usual {
  const value = vscode.workspace.getConfiguration(`${settingsSection}.audit`).get<typeof usual>(name);
  return typeof value === kind ? (value as typeof usual) : usual;
}
