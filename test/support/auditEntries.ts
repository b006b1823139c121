/** Entries of the audit log, and a place for a test to write some to. */

import type { AuditEntry } from "../../src/core/audit/auditEntry.ts";
import type { AuditPorts } from "../../src/core/audit/auditNote.ts";
import type { Clock } from "../../src/core/ports.ts";

export function anAuditEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    v: 1,
    time: "2026-11-21T10:00:00.000Z",
    askedBy: "command",
    endpoint: "local",
    origin: "http://localhost:8000",
    method: "POST",
    path: "/v1/chat/completions",
    task: "chat",
    model: "qwen-test",
    status: 200,
    durationMs: 120.5,
    inputTokens: 12,
    outputTokens: 34,
    sentBytes: 100,
    receivedBytes: 2000,
    machine: "local",
    window: "11223344",
    ...changes,
  };
}

export interface NotedEntries {
  readonly ports: AuditPorts;
  /** What was written, the oldest first. */
  readonly entries: readonly AuditEntry[];
}

export function notedEntries(clock: Clock, changes: Partial<AuditPorts> = {}): NotedEntries {
  const entries: AuditEntry[] = [];
  const ports: AuditPorts = {
    clock,
    write: (entry) => void entries.push(entry),
    keepsContent: () => false,
    isoTime: (epochMs) => new Date(epochMs).toISOString(),
    underWay: new Set(),
    machine: "local",
    window: "11223344",
    ...changes,
  };
  return { ports, entries };
}
