/** The writing side of the audit log, as the editor's side sees it. */

import type { Redactor } from "../diagnosis/redact.ts";
import type { AuditFiles } from "./auditFiles.ts";
import type { AuditEntry } from "./auditEntry.ts";

/** How much of the log is kept. */
export interface AuditLimits {
  /** Of all parts together. */
  readonly maxBytes: number;
  readonly keepMs: number;
}

/** Said once when writing begins to fail, and once when it works again. */
export type AuditNews =
  | { readonly kind: "failing"; readonly code: string }
  | { readonly kind: "working"; readonly dropped: number };

export interface AuditLogOptions {
  /** Removes secrets on the way to the disk. */
  readonly redactor: Redactor;
  /** Asked for every batch, so that a change of the settings counts soon. */
  readonly limits: () => AuditLimits;
  readonly tell: (news: AuditNews) => void;
  readonly window: string;
  /** Milliseconds since 1970; the system's clock unless a test has another. */
  readonly epochMs?: () => number;
}

export interface AuditLog {
  /** Never throws and never waits. */
  write(entry: AuditEntry): void;
  /** Resolves when everything so far is written, or could not be. */
  flush(): Promise<void>;
  /** Writes what is left before it returns; later entries are ignored. */
  dispose(): void;
}

/** Both sides of the log in a folder; the reading side is loaded on first use. */
export interface AuditStore {
  readonly openLog: (folder: string, options: AuditLogOptions) => AuditLog;
  readonly openFiles: (folder: string) => Promise<AuditFiles>;
}
