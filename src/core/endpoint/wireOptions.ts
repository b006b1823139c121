/** How an endpoint's requests go over the wire, whatever they ask. */

import type { Credentials, HttpRequest } from "../ports.ts";
import { withoutUndefined } from "./withoutUndefined.ts";
import type { Endpoint } from "./endpoint.ts";

type WireOptions = Pick<HttpRequest, "proxy"> & { readonly tls: NonNullable<HttpRequest["tls"]> };

/** TLS with the passphrase itself, and the proxy. */
export function wireOptions(
  endpoint: Pick<Endpoint, "tls" | "proxy">,
  { passphrase }: Pick<Credentials, "passphrase">,
): WireOptions {
  const { cert, key, pfx } = endpoint.tls;
  const bare = bareWireOptions(endpoint);
  return { ...bare, tls: { ...bare.tls, ...withoutUndefined({ cert, key, pfx, passphrase }) } };
}

/** For another origin: no client certificate is shown there. */
export function bareWireOptions({ tls, proxy }: Pick<Endpoint, "tls" | "proxy">): WireOptions {
  const { verify, ca } = tls;
  return { tls: { verify, ...withoutUndefined({ ca }) }, ...withoutUndefined({ proxy }) };
}
