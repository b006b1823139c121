/** The audit log as files: the port through which it is read. Its adapter is `src/io/audit/auditFiles.ts`. */

import type { AuditEntry } from "./auditEntry.ts";

/** One file of the audit log. */
export interface AuditPart {
  readonly path: string;
  readonly bytes: number;
  /** When its first entry was sent, milliseconds since 1970; absent where that can not be read. */
  readonly fromMs?: number;
}

export interface AuditReadOptions {
  /** Entries sent before this are left out. */
  readonly fromMs?: number;
  /** Aborting ends the reading early, without an error. */
  readonly signal: AbortSignal;
  readonly onLine: (entry: AuditEntry) => void;
  /** Called for every line that is no entry: torn by a crash, or of a later version. */
  readonly onBad?: () => void;
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
}

/** The audit log as files, for whoever reads them. Memory stays bounded however large the log is, and the event loop gets its turns. */
export interface AuditFiles {
  /** Oldest first. */
  parts(): Promise<readonly AuditPart[]>;
  read(options: AuditReadOptions): Promise<void>;
  /** Resolves with how many entries were written. When aborted, nothing is left at `path`. */
  exportTo(path: string, format: "jsonl" | "csv", signal: AbortSignal): Promise<number>;
  delete(): Promise<void>;
  /** The last whole lines of the log that fit. */
  tail(maxBytes: number): Promise<string>;
}
