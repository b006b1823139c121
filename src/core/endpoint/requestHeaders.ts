/** The headers of a request to an endpoint. The one place where a key becomes a header. */

import type { Credentials, KeyReading } from "../ports.ts";

/** Own headers win over the key's `Authorization`, so that servers with another scheme (`api-key` on Azure) can be used. */
export function requestHeaders(
  credentials: Credentials,
  accept: string = "application/json",
): Record<string, string> {
  const own = Object.fromEntries(
    Object.entries(credentials.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const { key } = credentials;
  return {
    accept,
    ...(key.kind === "key" ? { authorization: `Bearer ${key.value.trim()}` } : {}),
    ...own,
  };
}

/** What clients that insist on a key send where there is none; keyless servers expect it (vLLM's and SGLang's own examples use it). */
export const placeholderKey = "EMPTY";

/** Whether a chat or an embedding, which go through the OpenAI SDK, is sent with the placeholder in place of a key. */
export function sendsPlaceholder({ key, headers }: Credentials): boolean {
  const isEmpty = key.kind !== "key" || key.value.trim() === "";
  return isEmpty && !Object.keys(headers).some((name) => name.toLowerCase() === "authorization");
}

/** Headers that carry a key of their own: `api-key` is Azure's, `x-api-key` llama.cpp's too (servers.md 0.2). */
export const keyHeader = /^(authorization|api-key|x-api-key)$/i;

/** The key that the server gets to see: an own header's, where the endpoint has one, is sent instead of or without the key. */
export function sentKey({ key, headers }: Credentials): KeyReading {
  const own = Object.entries(headers).find(([name, value]) => keyHeader.test(name) && value !== "");
  return own === undefined ? key : { kind: "key", value: own[1].replace(/^(bearer|basic|token)\s+/i, "") };
}
