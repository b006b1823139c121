/** When an endpoint is checked next. */

import type { Random } from "../ports.ts";
import type { Health } from "./health.ts";

/** Dead endpoints are asked ever more rarely, but at least this often. */
export const longestDelayMs = 10 * 60 * 1000;

/** Share of the delay by which checks are spread, so that many endpoints do not fall into step. */
const jitter = 0.2;

/**
 * Milliseconds until the next background check: `checkEverySeconds` while it answers, doubled with every failure in a row
 * up to ten minutes, each spread by ±10 %. Undefined when background checks are off.
 */
export function nextDelayMs(checkEverySeconds: number, health: Health, random: Random): number | undefined {
  if (checkEverySeconds <= 0) {
    return undefined;
  }
  const every = checkEverySeconds * 1000;
  const doublings = Math.min(health.failures, 20);
  const delay = Math.max(every, Math.min(longestDelayMs, every * 2 ** doublings));
  return Math.min(delay * (1 - jitter / 2 + jitter * random()), Math.max(every, longestDelayMs));
}
