/** Reads the audit log once, for both views of it. */

import type { AuditFiles } from "../audit/auditFiles.ts";
import { usageOf, type UsageOptions } from "./usageOf.ts";
import type { UsageReport } from "./usageReport.ts";

export interface UsageReading extends Omit<UsageOptions, "backgroundChecks"> {
  readonly signal: AbortSignal;
  /** How much of the log is read, from 0 to 1. */
  readonly onProgress: (done: number) => void;
  /** Asked at the end. */
  readonly nowMs: () => number;
}

export interface UsageReports {
  /** Without status checks in the background. */
  readonly asked: UsageReport;
  readonly all: UsageReport;
}

/** Rejects as `AuditFiles.read` does; aborted, what it resolves with is not the whole. */
export async function readUsage(files: AuditFiles, reading: UsageReading): Promise<UsageReports> {
  const { signal, onProgress, nowMs, ...options } = reading;
  const asked = usageOf({ ...options, backgroundChecks: "left-out" });
  const all = usageOf({ ...options, backgroundChecks: "counted" });
  const both = [asked, all];
  await files.read({
    ...(options.fromMs === undefined ? {} : { fromMs: options.fromMs }),
    signal,
    onLine: (entry) => both.forEach((usage) => usage.add(entry)),
    onBad: () => both.forEach((usage) => usage.addUnread()),
    onProgress: (doneBytes, totalBytes) =>
      onProgress(totalBytes === 0 ? 1 : Math.min(1, doneBytes / totalBytes)),
  });
  const toMs = nowMs();
  return { asked: asked.report(toMs), all: all.report(toMs) };
}
