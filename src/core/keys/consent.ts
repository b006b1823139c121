/** What an endpoint of a workspace needs the user's word for, and the name under which that word is kept. */

import { originOf } from "../endpoint/baseUrl.ts";
import { shownHeaders } from "../endpoint/exposedKeys.ts";
import type { Endpoint } from "../endpoint/endpoint.ts";
import { keyHeader } from "../endpoint/requestHeaders.ts";
import { hasClientCertificate } from "../endpoint/wireOptions.ts";
import { hasTemplate } from "./templates.ts";

/**
 * Secrets are stored for the workspace by hand, which is consent; everything else reaches for what is the user's. What
 * lets somebody else listen (a proxy, an authority, no check of certificates) needs consent wherever there is a key.
 */
export function needsConsent({ scope, key, headers, tls, proxy }: Endpoint): boolean {
  const fills = Object.values(headers).some(hasTemplate);
  const reaches = key.from !== "none" && key.from !== "secret";
  // One that carries a key leads it nowhere. A `Host`, or a gateway's header that names the server behind it, sends the key elsewhere at the same origin.
  const leads = Object.keys(headers).some((name) => !keyHeader.test(name));
  const listens = proxy !== undefined || tls.ca !== undefined || !tls.verify || leads;
  return (
    scope === "workspace" &&
    (reaches ||
      fills ||
      tls.passphrase !== undefined ||
      hasClientCertificate(tls) ||
      (listens && key.from !== "none"))
  );
}

/** Names the source and everything it could be swapped for: another command, variable, certificate or proxy asks again. It is written down, so no key is in it. */
export function consentName(endpoint: Endpoint): string {
  const { id, baseUrl, key, tls, proxy } = endpoint;
  return JSON.stringify([id, originOf(baseUrl), key, shownHeaders(endpoint), tls, proxy ?? null]);
}
