import * as l10n from "@vscode/l10n";
import type { ConnectionTimings, Gaps, RunTimings } from "../../core/chat/timings.ts";
import { formatDuration, formatNumber } from "../parts/format.ts";
import { metric, type RunMetric } from "./metricsOf.ts";

/** How evenly the reply came, and where the time before it went. */
export function paceMetrics(timings: RunTimings | undefined, locale: string): readonly RunMetric[] {
  return [
    ...metric(
      "time-per-token",
      timings?.tpotMs,
      (ms) => `${timings?.estimated === true ? "≈ " : ""}${formatPrecise(ms, locale)}`,
      l10n.t("Time per token"),
      l10n.t("TPOT: (total time − first token) / (completion tokens − 1)"),
    ),
    ...(timings?.gaps === undefined ? [] : gapMetrics(timings.gaps, locale)),
    ...(timings?.connection === undefined ? [] : connectionMetrics(timings.connection, locale)),
    ...metric(
      "bytes",
      timings?.bytes,
      (bytes) => formatNumber(bytes, locale),
      l10n.t("Bytes"),
      l10n.t("Length of the reply's body, decompressed, without its headers"),
    ),
  ];
}

function gapMetrics({ count, meanMs, p50Ms, p95Ms, maxMs }: Gaps, locale: string): readonly RunMetric[] {
  const duration = (ms: number): string => formatPrecise(ms, locale);
  const gaps = l10n.t(
    "Of {0} gaps between one chunk with text, reasoning or a tool call and the next",
    formatNumber(count, locale),
  );
  return [
    ...metric("gap-mean", meanMs, duration, l10n.t("Mean gap"), gaps),
    ...metric("gap-median", p50Ms, duration, l10n.t("Median gap"), gaps),
    ...metric("gap-p95", p95Ms, duration, l10n.t("Gap p95"), gaps),
    ...metric("gap-longest", maxMs, duration, l10n.t("Longest gap"), gaps),
  ];
}

function connectionMetrics(connection: ConnectionTimings, locale: string): readonly RunMetric[] {
  const duration = (ms: number): string => formatPrecise(ms, locale);
  return [
    ...metric(
      "lookup",
      connection.lookupMs,
      duration,
      l10n.t("Name lookup"),
      l10n.t("Time to find the address of the host's name (DNS)"),
    ),
    ...metric(
      "connect",
      connection.connectMs,
      duration,
      l10n.t("TCP connect"),
      l10n.t("Time to open the connection, once the address was known"),
    ),
    ...metric(
      "tls",
      connection.tlsMs,
      duration,
      l10n.t("TLS handshake"),
      l10n.t("Time to agree on encryption, once the connection was open"),
    ),
    ...metric(
      "first-byte",
      connection.waitingMs,
      duration,
      l10n.t("Wait for first byte"),
      l10n.t(
        "Time from the open connection to the first byte of the reply; sending the request is part of it",
      ),
    ),
  ];
}

/** Tenths of a millisecond count between tokens. */
function formatPrecise(ms: number, locale: string): string {
  return ms >= 1 && ms < 100 ? l10n.t("{0} ms", formatNumber(ms, locale, 1)) : formatDuration(ms, locale);
}
