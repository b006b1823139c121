/** How an endpoint's requests go over the wire, whatever they ask. */

import type { Credentials, HttpRequest } from "../ports.ts";
import { withoutUndefined } from "./withoutUndefined.ts";
import type { Endpoint, EndpointTls } from "./endpoint.ts";

type WireOptions = Pick<HttpRequest, "proxy"> & { readonly tls: NonNullable<HttpRequest["tls"]> };
type Way = Pick<Endpoint, "scope" | "tls" | "proxy">;

/** TLS with the passphrase itself, and the proxy; of a workspace's endpoint only as far as the user agreed. */
export function wireOptions(
  endpoint: Way,
  credentials: Pick<Credentials, "passphrase" | "consent">,
): WireOptions {
  const { passphrase } = credentials;
  const { cert, key, pfx } = endpoint.tls;
  // Without its passphrase a private key can not be used: the server says what it misses, instead of a fault of ours.
  const isWhole = endpoint.tls.passphrase === undefined || passphrase !== undefined;
  const isShown = isAllowed(endpoint, credentials) && isWhole;
  const bare = bareWireOptions(endpoint, credentials);
  const certificate = isShown ? withoutUndefined({ cert, key, pfx, passphrase }) : {};
  return { ...bare, tls: { ...bare.tls, ...certificate } };
}

/** For another origin: no client certificate is shown there. */
export function bareWireOptions(endpoint: Way, credentials: Pick<Credentials, "consent">): WireOptions {
  const { verify, ca } = endpoint.tls;
  const proxy = isAllowed(endpoint, credentials) ? endpoint.proxy : undefined;
  return { tls: { verify, ...withoutUndefined({ ca }) }, ...withoutUndefined({ proxy }) };
}

function isAllowed({ scope }: Way, { consent }: Pick<Credentials, "consent">): boolean {
  return scope === "user" || consent === "given";
}

export function hasClientCertificate({ cert, key, pfx }: EndpointTls): boolean {
  return cert !== undefined || key !== undefined || pfx !== undefined;
}
