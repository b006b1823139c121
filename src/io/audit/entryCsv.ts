/** Entries as CSV: RFC 4180, and harmless in a spreadsheet. */

import type { AuditEntry } from "../../core/audit/auditEntry.ts";

const columns = [
  ...["time", "askedBy", "endpoint", "origin", "method", "path", "task", "model", "status", "failure"],
  ...["finding", "durationMs", "firstByteMs", "inputTokens", "outputTokens", "sentBytes", "receivedBytes"],
  ...["key", "machine", "window", "prompt", "reply"],
] as readonly (keyof AuditEntry)[];

/** The byte order mark is what tells Excel that it is UTF-8. */
export const csvHead = `\ufeff${columns.join(",")}\r\n`;

export function csvLine(entry: AuditEntry): string {
  return `${columns.map((name) => cell(entry[name])).join(",")}\r\n`;
}

function cell(value: string | number | undefined): string {
  if (typeof value !== "string") {
    return value === undefined ? "" : String(value);
  }
  // Spreadsheets run what begins like a formula, and a server may have written it.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
