/** A GET of one of the server's own routes: without the key, since the user gave it for the API alone. */

import { wireOptions } from "../../endpoint/wireOptions.ts";
import type { HttpRequest } from "../../ports.ts";
import { atRoot } from "../../servers/atRoot.ts";
import type { Subject } from "../step.ts";

/** Longer than any of these routes needs on a server that is well. */
const longestWaitMs = 3000;
const replyBytes = 256 * 1024;

export function freeGet(
  { endpoint, credentials }: Subject,
  path: string,
  waitMs: number = longestWaitMs,
): HttpRequest {
  const { baseUrl, timeouts } = endpoint;
  const { connectMs, firstByteMs, idleMs, totalMs = waitMs } = timeouts;
  return {
    method: "GET",
    url: atRoot(baseUrl, path),
    headers: { accept: "*/*" },
    timeouts: {
      connectMs,
      firstByteMs: Math.min(firstByteMs, waitMs),
      idleMs: Math.min(idleMs, waitMs),
      totalMs: Math.min(totalMs, waitMs),
    },
    ...wireOptions(endpoint, credentials),
    maxBytes: replyBytes,
  };
}
