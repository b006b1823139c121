/** Commands about the audit log itself: open, export, delete. */

import * as vscode from "vscode";

import type { AuditFiles, AuditPart } from "../../core/audit/auditFiles.ts";
import type { CommandHandlers } from "../commands/registerCommands.ts";
import { Notice } from "../notice.ts";
import { notify } from "../notify.ts";

type LogCommands = Pick<CommandHandlers, "qwen.openAuditLog" | "qwen.exportAuditLog" | "qwen.deleteAuditLog">;

export interface LogDependencies {
  /** The log as files, with everything in it that was noted so far. */
  files(): Promise<AuditFiles>;
  /** Disposes of it when the window closes. */
  keep(disposable: vscode.Disposable): void;
}

export function logCommands(dependencies: LogDependencies): LogCommands {
  const files = (): Promise<AuditFiles> => dependencies.files();
  const showTail = tailDocuments(dependencies);
  return {
    "qwen.openAuditLog": async () => {
      const newest = (await (await files()).parts()).at(-1);
      if (newest === undefined) {
        throw new Notice(vscode.l10n.t("The audit log is empty."));
      }
      const uri = newest.bytes > mostOpened ? showTail(newest) : vscode.Uri.file(newest.path);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
      return undefined;
    },
    "qwen.exportAuditLog": async () => exportLog(await files()),
    "qwen.deleteAuditLog": async () => {
      const question = vscode.l10n.t("Delete the audit log of all windows on this machine?");
      const detail = vscode.l10n.t("All its lines are deleted, and the usage report starts from zero.");
      const button = vscode.l10n.t("Delete");
      if ((await notify("warning", question, { modal: true, detail, buttons: [button] })) !== button) {
        return { deleted: false };
      }
      await (await files()).delete();
      return { deleted: true };
    },
  };
}

/** An editor takes a larger file badly, if at all. */
const mostOpened = 5 * 1024 * 1024;
const shownBytes = 1024 * 1024;
const scheme = "qwen-audit";

/** Read-only documents with the log's last lines. The first call registers them. */
function tailDocuments(dependencies: LogDependencies): (part: AuditPart) => vscode.Uri {
  let opened = 0;
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent: async ({ query: path }) => {
      const heading = vscode.l10n.t("The last lines of the audit log. All of it is in {0}", path);
      return `// ${heading}\n${await (await dependencies.files()).tail(shownBytes)}`;
    },
  };
  return ({ path }) => {
    if (opened === 0) {
      dependencies.keep(vscode.workspace.registerTextDocumentContentProvider(scheme, provider));
    }
    // A document is asked for its text once; another call wants the newest lines.
    opened++;
    return vscode.Uri.from({ scheme, path: `/audit-${opened}.jsonl`, query: path });
  };
}

async function exportLog(files: AuditFiles): Promise<{ readonly exported: number } | undefined> {
  const day = new Date().toISOString().slice(0, 10);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `qwen-audit-${day}.jsonl`;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Export the audit log"),
    filters: { "JSON Lines": ["jsonl"], CSV: ["csv"] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) {
    return undefined;
  }
  if (target.scheme !== "file") {
    throw new Notice(vscode.l10n.t("The audit log can be exported to this machine's disk only."));
  }
  const format = target.path.toLowerCase().endsWith(".csv") ? "csv" : "jsonl";
  const exported = await withProgress((signal) => files.exportTo(target.fsPath, format, signal));
  if (exported !== undefined) {
    void notify("information", vscode.l10n.t("Exported {0} lines of the audit log.", exported));
  }
  return exported === undefined ? undefined : { exported };
}

/** Undefined when the person cancelled it. */
async function withProgress<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const title = vscode.l10n.t("Exporting the audit log");
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const result = await run(controller.signal);
    return controller.signal.aborted ? undefined : result;
  });
}
