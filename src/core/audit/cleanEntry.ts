/** Removes secrets from an entry on its way to the disk: the sink of the audit log. */

import type { Redactor } from "../diagnosis/redact.ts";
import type { AuditEntry } from "./auditEntry.ts";

/** What users, servers and networks fill. The other fields hold numbers and our own words, which stay even where a key is such a word. */
const foreign = ["endpoint", "origin", "path", "model", "failure", "key", "prompt", "reply"] as const;

export function cleanEntry(entry: AuditEntry, redactor: Redactor): AuditEntry {
  const cleaned = foreign.flatMap((field) => {
    const text = entry[field];
    return text === undefined ? [] : [[field, redactor.clean(text)] as const];
  });
  return { ...entry, ...Object.fromEntries(cleaned) };
}
