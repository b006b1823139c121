import type { AuditEntry } from "../../src/core/audit/auditEntry.ts";
import type { AuditFiles } from "../../src/core/audit/auditFiles.ts";

/** A chat of a person's that ended well. */
export function anAuditEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    v: 1,
    time: "2026-11-20T10:00:00.000Z",
    askedBy: "command",
    endpoint: "local",
    origin: "http://localhost:8000",
    method: "POST",
    path: "/v1/chat/completions",
    task: "chat",
    model: "Qwen3-8B",
    status: 200,
    durationMs: 1000,
    inputTokens: 100,
    outputTokens: 50,
    sentBytes: 400,
    receivedBytes: 900,
    key: "secret …91c4",
    machine: "local",
    window: "a1b2c3d4",
    ...changes,
  };
}

/** The same without what is optional. */
export function withoutFields(entry: AuditEntry, ...names: readonly (keyof AuditEntry)[]): AuditEntry {
  return Object.fromEntries(
    Object.entries(entry).filter(([name]) => !names.some((each) => each === name)),
  ) as unknown as AuditEntry;
}

/** A GET of the background check. */
export function aCheckEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  const rest = withoutFields(anAuditEntry(), "inputTokens", "outputTokens", "model");
  const check = { askedBy: "background", method: "GET", path: "/v1/models", task: "models" } as const;
  return { ...rest, ...check, durationMs: 4, ...changes };
}

/** A log in memory; `"bad"` is a line that is none. */
export function fakeAuditFiles(lines: readonly (AuditEntry | "bad")[]): AuditFiles {
  return {
    parts: () => Promise.resolve([{ path: "audit.jsonl", bytes: lines.length }]),
    read: async ({ signal, onLine, onBad, onProgress }) => {
      for (const [index, line] of lines.entries()) {
        if (signal.aborted) return;
        if (line === "bad") onBad?.();
        else onLine(line);
        onProgress?.(index + 1, lines.length);
        await Promise.resolve();
      }
    },
    exportTo: () => Promise.resolve(lines.length),
    delete: () => Promise.resolve(),
    tail: () => Promise.resolve(""),
  };
}
