/** From a line of the audit log to an entry. Strict about what it knows, and silent about fields that it does not. */

import type { AskedBy, AuditEntry, AuditGap, AuditTask } from "../../core/audit/auditEntry.ts";

/** `blank`: the line between two batches. `bad`: torn, of a later version, or no entry at all. */
export type AuditLine =
  | { readonly kind: "entry"; readonly entry: AuditEntry }
  | { readonly kind: "gap"; readonly gap: AuditGap }
  | { readonly kind: "blank" }
  | { readonly kind: "bad" };

const askers: Readonly<Record<AskedBy, true>> = { command: true, program: true, background: true };
const tasks: Readonly<Record<AuditTask, true>> = {
  chat: true,
  embedding: true,
  rerank: true,
  generate: true,
  models: true,
  other: true,
};

const texts = ["time", "origin", "method", "path", "machine", "window"] as const;
const numbers = ["durationMs", "sentBytes", "receivedBytes"] as const;
const optionalTexts = ["endpoint", "model", "failure", "finding", "key", "prompt", "reply"] as const;
const optionalNumbers = ["status", "firstByteMs", "inputTokens", "outputTokens"] as const;

type Fields = Readonly<Record<string, unknown>>;

export function readLine(line: string): AuditLine {
  if (line.trim() === "") {
    return { kind: "blank" };
  }
  const fields = fieldsIn(line);
  if (fields?.["v"] !== 1 || !isTime(fields["time"])) {
    return { kind: "bad" };
  }
  if (isNumber(fields["dropped"]) && typeof fields["window"] === "string") {
    return { kind: "gap", gap: fields as unknown as AuditGap };
  }
  return isEntry(fields) ? { kind: "entry", entry: fields as unknown as AuditEntry } : { kind: "bad" };
}

function fieldsIn(line: string): Fields | undefined {
  try {
    const value = JSON.parse(line) as unknown;
    return value === Object(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(fields: Fields): boolean {
  return (
    isWord(askers, fields["askedBy"]) &&
    isWord(tasks, fields["task"]) &&
    texts.every((name) => typeof fields[name] === "string") &&
    numbers.every((name) => isNumber(fields[name])) &&
    optionalTexts.every((name) => fields[name] === undefined || typeof fields[name] === "string") &&
    optionalNumbers.every((name) => fields[name] === undefined || isNumber(fields[name]))
  );
}

function isWord(words: Readonly<Record<string, true>>, value: unknown): boolean {
  return typeof value === "string" && Object.hasOwn(words, value);
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" && value >= 0;
}

function isTime(value: unknown): boolean {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}
