/** The events of a recorded stream, each with the time of the read that completed it. */

import { createParser } from "eventsource-parser";

import type { WireEvent } from "./runWire.ts";

export interface WireEventReader {
  feed(text: string, atMs: number): void;
  /** The body has ended: an event that lacks its blank line is one all the same, half of one after a fault is not. */
  end(atMs: number, fault: string | undefined): void;
  readonly events: readonly WireEvent[];
}

export function createWireEventReader(): WireEventReader {
  const events: WireEvent[] = [];
  let nowMs = 0;
  const parser = createParser({
    onEvent: ({ event, data }) =>
      events.push({ atMs: nowMs, kind: "data", ...(event === undefined ? {} : { name: event }), text: data }),
    onComment: (text) => events.push({ atMs: nowMs, kind: "comment", text }),
  });
  const feed = (text: string, atMs: number): void => {
    nowMs = atMs;
    parser.feed(text);
  };
  return {
    events,
    feed,
    end(atMs, fault) {
      feed(fault === undefined ? "\n\n" : "", atMs);
      events.push({ atMs, kind: "end", text: fault ?? "" });
    },
  };
}
