import * as l10n from "@vscode/l10n";

/** Below a thousand bytes, then kB and MB with at most one decimal. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) {
    return l10n.t("{0} bytes", bytes);
  }
  return bytes < 999_500
    ? l10n.t("{0} kB", Math.round(bytes / 1_000))
    : l10n.t("{0} MB", Math.round(bytes / 100_000) / 10);
}
