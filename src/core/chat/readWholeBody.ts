/** Gathers a streamed body where a whole one is wanted, up to a size. */

import type { HttpReply, StreamReply } from "../ports.ts";

/** Error replies and generated texts; more is cut. */
const mostBytes = 16 * 1024 * 1024;

/** The reply with its body as text. Ask `reply.body.fault()` afterwards whether it is whole. */
export async function readWholeBody(reply: StreamReply): Promise<HttpReply> {
  const decoder = new TextDecoder();
  let body = "";
  let bytes = 0;
  for await (const chunk of reply.body) {
    bytes += chunk.length;
    body += decoder.decode(chunk, { stream: true });
    if (bytes > mostBytes) {
      break;
    }
  }
  return { status: reply.status, headers: reply.headers, body: body + decoder.decode(), bytes, timings: {} };
}
