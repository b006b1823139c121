/** The events of a stream in pages, filtered. */

import type { WireEvent } from "./runWire.ts";

export interface EventRow extends WireEvent {
  /** Its place in the whole stream, from 0. */
  readonly index: number;
  /** Since the event before it in the whole stream; absent for the first. */
  readonly gapMs?: number;
  /** Of the whole text, where `text` is but its start. */
  readonly characters?: number;
}

export interface EventPage {
  /** How many there are in all that the filter lets through. */
  readonly matching: number;
  readonly events: readonly EventRow[];
}

export const eventsOnPage = 200;

/** As much of an event's text as a row holds; the body has all of it. */
const rowText = 4 * 1024;

/** `filter` is looked for in name, kind and text; case does not matter, and empty lets all through. `from` counts those that it lets through. */
export function eventPage(events: readonly WireEvent[], filter: string, from: number): EventPage {
  const wanted = filter.toLowerCase();
  const rows: EventRow[] = [];
  let matching = 0;
  for (const [index, event] of events.entries()) {
    if (wanted !== "" && !isFound(event, wanted)) {
      continue;
    }
    if (matching >= from && rows.length < eventsOnPage) {
      rows.push(rowOf(event, index, events[index - 1]));
    }
    matching++;
  }
  return { matching, events: rows };
}

function isFound({ name, kind, text }: WireEvent, wanted: string): boolean {
  return [name ?? "", kind, text].some((each) => each.toLowerCase().includes(wanted));
}

function rowOf(event: WireEvent, index: number, before: WireEvent | undefined): EventRow {
  const { text } = event;
  return {
    ...event,
    index,
    ...(before === undefined ? {} : { gapMs: event.atMs - before.atMs }),
    ...(text.length > rowText ? { text: startOf(text), characters: text.length } : {}),
  };
}

/** Without half of a surrogate pair. */
function startOf(text: string): string {
  return text.slice(0, rowText).replace(/[\ud800-\udbff]$/, "");
}
