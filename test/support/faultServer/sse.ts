import {
  chunkedReply,
  endMidStream,
  resetMidStream,
  stallMidStream,
  type ChunkedOptions,
} from "./behaviours.ts";
import type { Behaviour } from "./exchange.ts";

/** One piece of an event stream. A string is the data of an event; its line feeds make several data lines. */
export type SseEvent =
  | string
  | { readonly data: string; readonly event?: string; readonly id?: string; readonly retryMs?: number }
  | { readonly comment: string }
  /** Bytes as they are, for what no well-behaved server sends. */
  | { readonly raw: string | Uint8Array };

interface SseOptions {
  /** The default is "\n". */
  readonly newline?: "\n" | "\r\n" | "\r";
  /** Whether `data: [DONE]` comes last; the default is "sent". */
  readonly done?: "sent" | "left-out";
}

export interface SseReplyOptions extends SseOptions, ChunkedOptions {
  /** The default is one chunk an event. "byte" makes every byte a chunk, "once" sends all in one. */
  readonly split?: "event" | "byte" | "once";
  /** What comes after the last event; the default is "complete". "cut" is a FIN without the last chunk. */
  readonly end?: "complete" | "cut" | "reset" | "stall";
}

const endings = {
  complete: chunkedReply,
  cut: endMidStream,
  reset: resetMidStream,
  stall: stallMidStream,
} as const;

/** Answers with an event stream. */
export function sse(events: readonly SseEvent[], options: SseReplyOptions = {}): Behaviour {
  const headers = { "content-type": "text/event-stream", "cache-control": "no-cache", ...options.headers };
  return endings[options.end ?? "complete"](splitStream(events, options), { ...options, headers });
}

/** The bytes of an event stream, one part an event. */
function sseBytes(events: readonly SseEvent[], options: SseOptions = {}): readonly Buffer[] {
  const newline = options.newline ?? "\n";
  const all = options.done === "left-out" ? events : [...events, "[DONE]"];
  return all.map((event) => eventBytes(event, newline));
}

function splitStream(events: readonly SseEvent[], options: SseReplyOptions): readonly Uint8Array[] {
  const parts = sseBytes(events, options);
  if (options.split === undefined || options.split === "event") return parts;
  const whole = Buffer.concat(parts);
  if (options.split === "once") return [whole];
  return Array.from(whole, (_, index) => whole.subarray(index, index + 1));
}

function eventBytes(event: SseEvent, newline: string): Buffer {
  if (typeof event === "string") return eventBytes({ data: event }, newline);
  if ("raw" in event) return Buffer.from(event.raw);
  if ("comment" in event) return Buffer.from(`: ${event.comment}${newline}${newline}`);
  const lines = [
    ...(event.event === undefined ? [] : [`event: ${event.event}`]),
    ...(event.id === undefined ? [] : [`id: ${event.id}`]),
    ...(event.retryMs === undefined ? [] : [`retry: ${event.retryMs}`]),
    ...event.data.split("\n").map((line) => `data: ${line}`),
  ];
  return Buffer.from(`${lines.join(newline)}${newline}${newline}`);
}
