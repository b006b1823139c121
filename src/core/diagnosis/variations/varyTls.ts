/** The handshake fails: the peer may speak plain HTTP, or go by another name. */

import { wireOptions } from "../../endpoint/wireOptions.ts";
import type { Sockets } from "../../ports.ts";
import { hostOf, portOf } from "../steps/hostOf.ts";
import type { DiagnosisPorts, Judgement, Learned, Subject, Varied } from "../step.ts";
import { amendFindings, blockerOf, unvaried } from "./amendFindings.ts";
import { trySchemes } from "./trySchemes.ts";

/** Names of a certificate that are tried. */
const mostNames = 3;

export async function varyTls(
  judgement: Judgement,
  subject: Subject,
  learned: Learned,
  { http, sockets }: DiagnosisPorts,
  signal: AbortSignal,
): Promise<Varied> {
  const code = blockerOf(judgement)?.code;
  if (code === "tls.plain-http-server" || code === "tls.handshake") {
    const tried = await trySchemes(subject, http, signal);
    return tried.worked === undefined
      ? { variations: tried.variations, findings: judgement.findings }
      : {
          variations: tried.variations,
          findings: amendFindings(judgement, {
            code: "tls.plain-http-server",
            fixes: [{ kind: "set-base-url", baseUrl: tried.worked }],
          }),
        };
  }
  return code === "tls.name-mismatch"
    ? otherName(judgement, subject, learned, sockets, signal)
    : unvaried(judgement);
}

/** A name of the certificate is offered only when it leads to this very address, and the handshake with it succeeds. */
async function otherName(
  judgement: Judgement,
  { endpoint, credentials }: Subject,
  { reached }: Learned,
  sockets: Sockets,
  signal: AbortSignal,
): Promise<Varied> {
  const { baseUrl, timeouts } = endpoint;
  const { tls } = wireOptions(endpoint, credentials);
  const { address } = reached ?? { address: "" };
  const tried = await Promise.all(
    namesIn(judgement).map(async (host) => {
      const lookup = await sockets.lookup(host, signal);
      if (lookup.kind === "fault" || !lookup.addresses.some((each) => each.address === address)) {
        return {
          host,
          outcome: lookup.kind === "fault" ? lookup.code : "another address",
          worked: "no" as const,
        };
      }
      const target = { host, address, port: portOf(baseUrl), tls };
      const handshake = await sockets.handshake(target, timeouts.connectMs, signal);
      return handshake.kind === "secured"
        ? { host, outcome: handshake.protocol, worked: "yes" as const }
        : { host, outcome: handshake.code, worked: "no" as const };
    }),
  );
  const url = (host: string): string =>
    baseUrl.replace(hostOf(baseUrl).includes(":") ? /\[.*?\]/ : hostOf(baseUrl), host);
  return {
    variations: tried.map(({ host, outcome, worked }) => ({ what: url(host), outcome, worked })),
    findings: amendFindings(judgement, {
      fixes: tried
        .filter(({ worked }) => worked === "yes")
        .map(({ host }) => ({ kind: "set-base-url" as const, baseUrl: url(host) })),
    }),
  };
}

/** `names: DNS:a.test, IP Address:10.0.0.1` in the evidence; a wildcard names no host. */
function namesIn(judgement: Judgement): readonly string[] {
  const line = blockerOf(judgement)?.evidence.find((each) => each.startsWith("names: ")) ?? "";
  return [...line.matchAll(/DNS:([a-z0-9][a-z0-9.-]*)/gi)].map(([, host = ""]) => host).slice(0, mostNames);
}
