/** A proxy stands between, and the request fails: is the host reachable without it? */

import { isLoopbackHost } from "../../endpoint/baseUrl.ts";
import type { FindingCode } from "../finding.ts";
import { hostOf, portOf } from "../steps/hostOf.ts";
import type { DiagnosisPorts, Judgement, Subject, Varied } from "../step.ts";
import { amendFindings, blockerOf, unvaried } from "./amendFindings.ts";
import { directConnect } from "./directConnect.ts";

/** What a proxy itself answers when it does not let a request through or reaches nothing. */
const proxyCodes = new Set<FindingCode>([
  "connect.proxy",
  "http.gateway",
  "http.not-an-api",
  "http.timeout",
  "server.unhealthy",
  "server.no-upstream",
]);

export async function varyProxy(
  judgement: Judgement,
  { endpoint, proxy }: Subject,
  { sockets }: DiagnosisPorts,
  signal: AbortSignal,
): Promise<Varied> {
  const code = blockerOf(judgement)?.code;
  if (proxy === undefined || code === undefined || !proxyCodes.has(code)) {
    return unvaried(judgement);
  }
  const host = hostOf(endpoint.baseUrl);
  const target = { host, port: portOf(endpoint.baseUrl) };
  const tried = await directConnect(target, sockets, endpoint.timeouts.connectMs, signal);
  // What loopback means is another machine to the proxy, so its answer never is the server's.
  const isProxy = tried.worked === "yes" || isLoopbackHost(host);
  return {
    variations: [tried],
    findings: amendFindings(judgement, {
      ...(isProxy ? { code: "connect.proxy" as const } : {}),
      ...(isProxy ? { fixes: [{ kind: "bypass-proxy", host }] } : {}),
      evidence: [
        ...(isNamed(judgement, proxy) ? [] : [`proxy: ${proxy}`]),
        `without the proxy: ${tried.what} → ${tried.outcome}`,
      ],
    }),
  };
}

function isNamed(judgement: Judgement, proxy: string): boolean {
  return blockerOf(judgement)?.evidence.includes(`proxy: ${proxy}`) === true;
}
