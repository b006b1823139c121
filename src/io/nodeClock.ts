/** The real clock. */

import type { Clock } from "../core/ports.ts";

export const nodeClock: Clock = {
  now: () => performance.now(),
  epochMs: () => Date.now(),
  after: (delayMs, callback) => {
    // Node fires at once beyond 2^31 − 1 milliseconds.
    const timer = setTimeout(callback, Math.min(Math.max(0, delayMs), 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};
