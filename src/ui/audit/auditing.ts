/** The way to the network for everything in the extension: each request becomes a line of the audit log. */

import * as vscode from "vscode";

import { auditedHttp, type HttpFor } from "../../core/audit/auditedHttp.ts";
import type { AuditPorts } from "../../core/audit/auditNote.ts";
import type { Http } from "../../core/ports.ts";
import { settingsSection } from "../../shared/manifest.ts";

export function auditing(http: Http, { clock, write }: Pick<AuditPorts, "clock" | "write">): HttpFor {
  const ports: AuditPorts = {
    clock,
    write,
    keepsContent: () => auditSetting("content", false),
    machine: vscode.env.remoteName ?? "local",
    window: vscode.env.sessionId.slice(0, 8),
  };
  return (sender) => auditedHttp(http, sender, ports);
}

function auditSetting(name: string, usual: boolean): boolean {
  return vscode.workspace.getConfiguration(settingsSection).get<boolean>(`audit.${name}`, usual);
}
