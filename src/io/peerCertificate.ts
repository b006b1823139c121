/** What a TLS peer presented, read while its socket is open. */

import type * as tls from "node:tls";

import type { Certificate } from "../core/ports.ts";

/** A chain longer than this is made to keep us busy. */
const longestChain = 10;

/** Undefined where the handshake did not come to a certificate. */
export function peerCertificate(socket: tls.TLSSocket): Certificate | undefined {
  const [peer, ...above] = chainOf(socket.getPeerCertificate(true));
  if (peer === undefined) {
    return undefined;
  }
  const validToMs = Date.parse(peer.valid_to);
  return {
    subject: line(peer.subject),
    issuer: line(peer.issuer),
    validTo: peer.valid_to,
    ...(Number.isNaN(validToMs) ? {} : { validToMs }),
    names: (peer.subjectaltname ?? "").split(", ").filter((each) => each !== ""),
    issuers: above.map(({ subject }) => line(subject)),
    pem: pemOf(peer.raw),
    fingerprint256: peer.fingerprint256,
  };
}

type Presented = tls.DetailedPeerCertificate;

/** Node gives null for a socket that is closed, an empty object where there is no certificate, and lets a root be its own issuer. */
function chainOf(peer: Presented | null): readonly Presented[] {
  const chain: Presented[] = [];
  let next: Presented | undefined = peer === null || Object.keys(peer).length === 0 ? undefined : peer;
  while (next !== undefined && !chain.includes(next) && chain.length < longestChain) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

function line(fields: tls.Certificate): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(", ");
}

function pemOf(raw: Buffer): string {
  const lines = raw.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
