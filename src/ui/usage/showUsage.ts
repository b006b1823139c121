/** The command Show Usage Report. */

import type { UsageReport } from "../../core/usage/usageReport.ts";
import { type UsageDependencies, UsagePanel } from "./usagePanel.ts";

/** Every call shows the one panel. */
export function showUsage(dependencies: UsageDependencies): () => Promise<UsageReport | undefined> {
  const panel = new UsagePanel(dependencies);
  return () => panel.show();
}
