/** Where a server's own routes lie, beside the OpenAI-compatible ones. */

import { originOf } from "../endpoint/baseUrl.ts";

/** `path` below what stands before `/v1`: a gateway may give each server a path of its own. The query is left out. */
export function atRoot(baseUrl: string, path: string): string {
  const origin = originOf(baseUrl) ?? baseUrl;
  const { pathname } = new URL(baseUrl);
  return `${origin}${pathname.replace(/\/v\d[^/]*(\/.*)?$/, "").replace(/\/+$/, "")}${path}`;
}
