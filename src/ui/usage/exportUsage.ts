/** Writes what the usage report shows to a file of the person's choice. */

import * as vscode from "vscode";

import { isUsageSort, sortGroups } from "../../core/usage/sortGroups.ts";
import { usageCsv } from "../../core/usage/usageCsv.ts";
import { usageGroupings } from "../../core/usage/usageReport.ts";
import type { ExportEnd, ShownTable, UsageView } from "../../shared/usagePanel.ts";

/** The rows come from the reading, never from the page, which only says which and in what order. */
export async function exportTable(view: UsageView | undefined, table: ShownTable): Promise<ExportEnd> {
  const grouping = usageGroupings.find((each) => each === table.grouping);
  if (view === undefined || grouping === undefined || !isUsageSort(table.sort)) {
    return "cancelled";
  }
  const { groups } = table.backgroundChecks === "counted" ? view.all : view.asked;
  const file = await askFile(`qwen-usage-${grouping}-${view.lastDay}.csv`);
  if (file === undefined) {
    return "cancelled";
  }
  const text = usageCsv(grouping, sortGroups(groups[grouping], table.sort));
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  return "written";
}

/** The command of the audit log asks for file and format by itself. */
export async function exportLines(): Promise<ExportEnd> {
  const result = await vscode.commands.executeCommand("qwen.exportAuditLog");
  return result === undefined ? "cancelled" : "written";
}

function askFile(name: string): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: { CSV: ["csv"] },
    title: vscode.l10n.t("Export usage as CSV"),
  });
}
