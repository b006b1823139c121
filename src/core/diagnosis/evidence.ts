/** Evidence lines: what was sent and what came back, short enough to read. Taken from the wire, so plain text for ever. */

import type { HttpReply, NetworkFault } from "../ports.ts";

const longest = 600;

/** Cuts a text from the wire and puts it on one line. */
export function excerpt(text: string, length: number = longest): string {
  const line = text
    .slice(0, length * 2)
    .replace(/\s+/g, " ")
    .trim();
  return line.length > length ? `${line.slice(0, length)}…` : line;
}

/** `POST http://host/v1/embeddings → 404` and the start of the body. */
export function replyEvidence(method: string, url: string, reply: HttpReply): readonly string[] {
  const type = reply.headers["content-type"];
  const head = `${method} ${withoutQuery(url)} → ${reply.status}${type === undefined ? "" : ` (${excerpt(type, 80)})`}`;
  return reply.body.trim() === "" ? [head] : [head, excerpt(reply.body)];
}

/** The fault with every address that was tried. */
export function faultEvidence(method: string, url: string, fault: NetworkFault): readonly string[] {
  return [
    `${method} ${withoutQuery(url)} → ${fault.code}${fault.timer === undefined ? "" : ` (${fault.timer})`}`,
    ...fault.attempts.map(({ address, code }) => `${address}: ${code}`),
    ...(fault.proxy === undefined ? [] : [`proxy: ${fault.proxy}`]),
    ...(fault.asked === undefined ? [] : ["the server asked for a client certificate"]),
    ...(fault.message === "" || fault.message === fault.code ? [] : [excerpt(fault.message, 300)]),
  ];
}

/** A query may carry a key; the path says enough. */
function withoutQuery(url: string): string {
  return url.replace(/\?.*$/, "");
}
