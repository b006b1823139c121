/** Where a report says that the endpoint fails. */

import { type Report, type RungId, rungIds } from "./report.ts";

/** The rung that failed, if one did: where a person looks first. */
export function failedRung(report: Report): RungId | undefined {
  return rungIds.find((id) => report.rungs.some((rung) => rung.id === id && rung.status === "failed"));
}
