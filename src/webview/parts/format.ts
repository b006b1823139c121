import * as l10n from "@vscode/l10n";

/** Below a second in milliseconds, below a minute in seconds, then in minutes and seconds. */
export function formatDuration(ms: number, locale: string): string {
  if (ms < 1) {
    return l10n.t("< 1 ms");
  }
  if (ms < 999.5) {
    return l10n.t("{0} ms", formatNumber(ms, locale));
  }
  if (ms < 59_950) {
    return l10n.t("{0} s", formatNumber(ms / 1_000, locale, ms < 9_995 ? 2 : 1));
  }
  const seconds = Math.round(ms / 1_000);
  return l10n.t("{0} min {1} s", formatNumber(Math.floor(seconds / 60), locale), seconds % 60);
}

export function formatNumber(value: number, locale: string, digits = 0): string {
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** A component of a vector: a sign that takes its place, six decimals, and exponents only where decimals would say 0. */
export function formatComponent(value: number): string {
  if (!Number.isFinite(value)) {
    return String(value);
  }
  const tiny = value !== 0 && Math.abs(value) < 1e-5;
  const digits = tiny ? Math.abs(value).toExponential(2) : Math.abs(value).toFixed(6);
  return `${value < 0 ? "−" : "\u2007"}${digits}`;
}
