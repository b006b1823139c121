/** The audit log on this machine's disk. */

import type { AuditStore } from "../../core/audit/auditLog.ts";
import { openAuditLog } from "./auditLog.ts";

export const auditStore: AuditStore = {
  openLog: openAuditLog,
  openFiles: async (folder) => (await import("./auditFiles.ts")).auditFiles(folder),
};
