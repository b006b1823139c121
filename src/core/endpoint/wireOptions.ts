/** How an endpoint's requests go over the wire, whatever they ask. */

import type { Credentials, HttpRequest } from "../ports.ts";
import { withoutUndefined } from "./withoutUndefined.ts";
import type { Endpoint, EndpointTls } from "./endpoint.ts";

/** TLS with the passphrase itself, and the proxy; of a workspace's endpoint only as far as the user agreed. */
export function wireOptions(
  { scope, tls, proxy }: Endpoint,
  { passphrase, consent }: Pick<Credentials, "passphrase" | "consent">,
): Pick<HttpRequest, "proxy"> & { readonly tls: NonNullable<HttpRequest["tls"]> } {
  const { ca, verify, cert, key, pfx } = tls;
  const isAllowed = scope === "user" || consent === "given";
  // Without its passphrase a private key can not be used: the server says what it misses, instead of a fault of ours.
  const isWhole = tls.passphrase === undefined || passphrase !== undefined;
  const certificate = isAllowed && isWhole ? { cert, key, pfx, passphrase } : {};
  return {
    tls: { verify, ...withoutUndefined({ ca, ...certificate }) },
    ...(proxy === undefined || !isAllowed ? {} : { proxy }),
  };
}

export function hasClientCertificate({ cert, key, pfx }: EndpointTls): boolean {
  return cert !== undefined || key !== undefined || pfx !== undefined;
}
