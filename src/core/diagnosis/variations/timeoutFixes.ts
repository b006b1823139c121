/** Offers the timer that fired, doubled. */

import type { Timeouts } from "../../endpoint/timeouts.ts";
import type { FindingCode, Fix } from "../finding.ts";

/** The longest a person can set in the settings. */
const longestMs = 600_000;

/** `waitedMs` is what the request waited at most; a check waits less than the endpoint's own timer allows. */
export function timeoutFixes(
  code: FindingCode,
  timeouts: Timeouts,
  waitedMs: number = longestMs,
): readonly Fix[] {
  const timer = timerOf(code);
  if (timer === undefined || timeouts[timer] >= longestMs || timeouts[timer] > waitedMs) {
    return [];
  }
  return [{ kind: "set-timeout", timer, milliseconds: Math.min(timeouts[timer] * 2, longestMs) }];
}

function timerOf(code: FindingCode): "connectMs" | "firstByteMs" | "idleMs" | undefined {
  switch (code) {
    case "connect.timeout":
      return "connectMs";
    case "http.timeout":
      return "firstByteMs";
    case "stream.stalled":
      return "idleMs";
    default:
      return undefined;
  }
}
