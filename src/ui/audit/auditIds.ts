import type { CommandId } from "../../shared/manifest.ts";

/** The commands of `auditCommands.ts`, which is loaded when the first of them is called. */
export const auditIds = [
  "qwen.showUsageReport",
  "qwen.openAuditLog",
  "qwen.exportAuditLog",
  "qwen.deleteAuditLog",
] as const satisfies readonly CommandId[];
