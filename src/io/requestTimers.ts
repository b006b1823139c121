/** The timers of one request: connect, first byte, idle, total. Whichever fires first ends it and is named. */

import type { Timeouts } from "../core/endpoint/timeouts.ts";
import type { Timer } from "../core/ports.ts";
import { WireLimit } from "./networkFault.ts";

export interface RequestTimers {
  connected(): void;
  /** The first byte of the reply, and every later read of the body. */
  received(): void;
  stop(): void;
}

export function startTimers(timeouts: Timeouts, end: (limit: WireLimit) => void): RequestTimers {
  const fire = (timer: Timer, milliseconds: number) => () =>
    end(new WireLimit("TIMEOUT", `${timer} time-out after ${milliseconds} ms`, timer));
  const start = (timer: Timer, milliseconds: number): NodeJS.Timeout =>
    setTimeout(fire(timer, milliseconds), milliseconds);

  const total = timeouts.totalMs === undefined ? undefined : start("total", timeouts.totalMs);
  let current = start("connect", timeouts.connectMs);
  let stage: "connecting" | "waiting" | "reading" | "stopped" = "connecting";

  return {
    connected() {
      if (stage === "connecting") {
        stage = "waiting";
        clearTimeout(current);
        current = start("firstByte", timeouts.firstByteMs);
      }
    },
    received() {
      if (stage === "reading") {
        current.refresh();
      } else if (stage !== "stopped") {
        stage = "reading";
        clearTimeout(current);
        current = start("idle", timeouts.idleMs);
      }
    },
    stop() {
      stage = "stopped";
      clearTimeout(current);
      clearTimeout(total);
    },
  };
}
