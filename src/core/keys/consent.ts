/** What an endpoint of a workspace needs the user's word for, and the name under which that word is kept. */

import { originOf } from "../endpoint/baseUrl.ts";
import { shownHeaders } from "../endpoint/exposedKeys.ts";
import type { Endpoint } from "../endpoint/endpoint.ts";

/** What a header or a passphrase may say in place of a secret. */
export const template = /\$\{(secret|env):([^}]+)\}/;

/** Secrets are stored for the workspace by hand, which is consent; the other sources reach for what is the user's. */
export function needsConsent({ scope, key, headers }: Endpoint): boolean {
  const reaches = key.from !== "none" && key.from !== "secret";
  return scope === "workspace" && (reaches || Object.values(headers).some((value) => template.test(value)));
}

/** Names the source and everything it could be swapped for: another command or variable asks again. It is written down, so no key is in it. */
export function consentName(endpoint: Endpoint): string {
  return JSON.stringify([endpoint.id, originOf(endpoint.baseUrl), endpoint.key, shownHeaders(endpoint)]);
}
