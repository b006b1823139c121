/** Who called a command, told from how it names its endpoint: people pick it or click its row, programs pass an id or fields. */

import type { AskedBy } from "../../core/audit/auditEntry.ts";

export function askedBy(target: unknown): AskedBy {
  const isRow = target === Object(target) && "endpointId" in (target as object);
  return target === undefined || target === null || isRow ? "command" : "program";
}
