/** What a person reads of a finding: its texts, the remedy for the server that was tested, and what the SDKs say. */

import type { Finding } from "./finding.ts";
import { describeFinding } from "./findingTexts.ts";
import type { Report } from "./report.ts";

export interface FindingWords {
  readonly title: string;
  readonly explanation: string;
  /** The line or flag that mends it on this server; absent where there is none to name. */
  readonly remedy?: string;
}

/** The remedy is in the language of the test; a finding that no test made has none. */
export function findingWords({ code, remedy }: Finding): FindingWords {
  return { ...describeFinding(code), ...(remedy === undefined ? {} : { remedy }) };
}

/** What the OpenAI SDKs say of a finding: the lines of each rung that it is the first finding of. */
export function sdkLinesOf({ code }: Finding, report: Report): readonly string[] {
  return report.rungs.filter(({ findings }) => findings[0]?.code === code).flatMap(({ sdk }) => sdk);
}
