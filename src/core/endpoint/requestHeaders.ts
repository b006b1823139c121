/** The headers of a request to an endpoint. The one place where a key becomes a header. */

import type { Credentials } from "../ports.ts";

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
