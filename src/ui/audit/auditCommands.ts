/** Commands of the audit log and the usage report: a bundle of its own (`dist/auditCommands.cjs`), with a `@vscode/l10n` of its own. */

import * as l10n from "@vscode/l10n";

import type { CommandHandlers } from "../commands/registerCommands.ts";
import { showUsage } from "../usage/showUsage.ts";
import type { UsageDependencies } from "../usage/usagePanel.ts";
import type { auditIds } from "./auditIds.ts";
import { logCommands, type LogDependencies } from "./logCommands.ts";

export function auditCommands(
  texts: Readonly<Record<string, string>>,
  dependencies: Omit<UsageDependencies, "auditFiles"> & { readonly audit: LogDependencies },
): Pick<CommandHandlers, (typeof auditIds)[number]> {
  l10n.config({ contents: { ...texts } });
  const { audit } = dependencies;
  return {
    ...logCommands(audit),
    "qwen.showUsageReport": showUsage({ ...dependencies, auditFiles: () => audit.files() }),
  };
}
