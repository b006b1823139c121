/** How an endpoint's requests go over the wire, whatever they ask. */

import type { Credentials, HttpRequest } from "../ports.ts";
import { withoutUndefined } from "./withoutUndefined.ts";
import type { Endpoint } from "./endpoint.ts";

/** TLS with the passphrase itself, and the proxy. */
export function wireOptions(
  { tls, proxy }: Endpoint,
  { passphrase }: Pick<Credentials, "passphrase">,
): Pick<HttpRequest, "proxy"> & { readonly tls: NonNullable<HttpRequest["tls"]> } {
  const { ca, verify, cert, key, pfx } = tls;
  const files = { ca, cert, key, pfx, passphrase };
  return {
    tls: { verify, ...withoutUndefined(files) },
    ...(proxy === undefined ? {} : { proxy }),
  };
}
