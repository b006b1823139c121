/** An exchange as text for the clipboard, as it stood on the wire. */

import type { Exchange } from "../diagnosis/exchange.ts";
import type { WireEvent } from "./runWire.ts";

type Sent = Pick<Exchange, "method" | "url" | "requestHeaders" | "requestBody">;
type Came = Pick<Exchange, "replyHeaders" | "replyBody"> & {
  readonly status?: number | undefined;
  readonly fault?: string | undefined;
};

export function exchangeText(exchange: Sent & Came): string {
  return `${requestText(exchange)}\n\n${replyText(exchange)}`;
}

export function requestText({ method, url, requestHeaders, requestBody = "" }: Sent): string {
  return [`${method} ${url}`, ...headerLines(requestHeaders), ...bodyLines(requestBody)].join("\n");
}

export function replyText({ status, fault, replyHeaders, replyBody }: Came): string {
  const came = [...(status === undefined ? [] : [`HTTP ${status}`]), ...(fault === undefined ? [] : [fault])];
  return [came.join(" "), ...headerLines(replyHeaders), ...bodyLines(replyBody)].join("\n");
}

/** A line an event: milliseconds since the request was sent, what it is, and its text; further lines of it are indented. */
export function eventsText(events: readonly WireEvent[]): string {
  return events
    .map(({ atMs, kind, name, text }) =>
      [atMs.toFixed(1), name ?? kind, text.replaceAll("\n", "\n\t\t")].join("\t"),
    )
    .join("\n");
}

function headerLines(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}

function bodyLines(body: string): readonly string[] {
  return body === "" ? [] : ["", body];
}
