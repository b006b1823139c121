/** Nothing takes a connection: on this machine the server may listen on the other loopback address, or on another port. */

import { isLoopbackHost } from "../../endpoint/baseUrl.ts";
import type { Http } from "../../ports.ts";
import { hostOf, portOf } from "../steps/hostOf.ts";
import type { Judgement, Learned, Subject, Varied } from "../step.ts";
import { amendFindings } from "./amendFindings.ts";
import { asWorking, askCandidate } from "./askCandidate.ts";
import { loopbackAddresses, type Neighbour, tryNeighbours } from "./loopbackNeighbours.ts";
import { setBaseUrlFixes } from "./setBaseUrlFixes.ts";
import { timeoutFixes } from "./timeoutFixes.ts";
import { type LocalPorts, tryOtherPorts } from "./tryOtherPorts.ts";
import { varyUnusedProxy } from "./varyUnusedProxy.ts";

/** How many that take a connection are asked what they are. */
const mostAsked = 3;

/** `ports` are tried where the port of the base URL takes no connection; other machines are never scanned. */
export async function varyConnect(
  judgement: Judgement,
  subject: Subject,
  learned: Learned,
  ports: LocalPorts,
  signal: AbortSignal,
): Promise<Varied> {
  const { endpoint } = subject;
  if (!isLoopbackHost(hostOf(endpoint.baseUrl))) {
    const fixes = judgement.findings.flatMap(({ code }) => timeoutFixes(code, endpoint.timeouts));
    const findings = amendFindings(judgement, { fixes });
    return varyUnusedProxy({ ...judgement, findings }, subject, ports, signal);
  }
  const neighbours = await tryNeighbours(addressesBeside(subject, learned), ports.sockets, signal);
  const taken = neighbours.filter(({ variation }) => variation.worked === "yes");
  return taken.length > 0
    ? otherAddress(judgement, subject, neighbours, taken, ports.http, signal)
    : otherPort(judgement, subject, { learned, neighbours }, ports, signal);
}

/** The loopback addresses that the name of the base URL does not lead to. */
function addressesBeside(
  { endpoint: { baseUrl } }: Subject,
  { addresses = [] }: Learned,
): readonly { readonly address: string; readonly port: number }[] {
  const tried = new Set(addresses.map(({ address }) => address));
  const port = portOf(baseUrl);
  return loopbackAddresses.filter((address) => !tried.has(address)).map((address) => ({ address, port }));
}

async function otherAddress(
  judgement: Judgement,
  subject: Subject,
  neighbours: readonly Neighbour[],
  taken: readonly Neighbour[],
  http: Http,
  signal: AbortSignal,
): Promise<Varied> {
  const { baseUrl } = subject.endpoint;
  const tried = await Promise.all(
    taken.map(({ address }) => askCandidate(withHost(baseUrl, address), subject, http, signal)),
  );
  // Something listens on the same port of the same machine: no other guess is nearer, list of models or not.
  const listening = tried.map((each) => (each.outcome.kind === "reply" ? asWorking(each) : each));
  const isSixAlone = taken.every(({ address }) => address === "::1");
  return {
    variations: [...neighbours, ...listening].map(({ variation }) => variation),
    findings: amendFindings(judgement, {
      ...(isSixAlone ? { code: "connect.ipv6-only" as const } : {}),
      ...setBaseUrlFixes(listening),
      evidence: taken.map(({ variation }) => `${variation.what} → ${variation.outcome}`),
    }),
  };
}

async function otherPort(
  judgement: Judgement,
  subject: Subject,
  { learned, neighbours }: { readonly learned: Learned; readonly neighbours: readonly Neighbour[] },
  ports: LocalPorts,
  signal: AbortSignal,
): Promise<Varied> {
  const { open, asked } = await tryOtherPorts(subject, learned, ports, mostAsked, signal);
  const worked = asked.filter(({ variation }) => variation.worked === "yes");
  return {
    variations: [...neighbours, ...open, ...asked].map(({ variation }) => variation),
    findings: amendFindings(judgement, {
      ...setBaseUrlFixes(asked),
      evidence: worked.map(({ variation }) => `GET ${variation.what}/models → ${variation.outcome}`),
    }),
  };
}

function withHost(baseUrl: string, address: string): string {
  const url = new URL(baseUrl);
  url.hostname = address.includes(":") ? `[${address}]` : address;
  return url.href.replace(/\/$/, "");
}
