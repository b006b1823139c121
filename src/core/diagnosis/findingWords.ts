/** What a person reads of a finding in a report: its texts, and the remedy for the server that was tested. */

import type { Finding } from "./finding.ts";
import { describeFinding } from "./findingTexts.ts";
import type { Report } from "./report.ts";

export interface FindingWords {
  readonly title: string;
  readonly explanation: string;
  /** The line or flag that mends it on this server; absent where there is none to name. */
  readonly remedy?: string;
}

/** Without a report nothing is known of the server. */
export function findingWords({ code }: Finding, _report?: Report): FindingWords {
  return describeFinding(code);
}

/** What the OpenAI SDKs say of a finding: the lines of each rung that it is the first finding of. */
export function sdkLinesOf({ code }: Finding, report: Report): readonly string[] {
  return report.rungs.filter(({ findings }) => findings[0]?.code === code).flatMap(({ sdk }) => sdk);
}
