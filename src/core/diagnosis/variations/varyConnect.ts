/** Nothing takes a connection: on this machine the server may listen on the other loopback address, or on another port. */

import { isLoopbackHost } from "../../endpoint/baseUrl.ts";
import type { Http } from "../../ports.ts";
import { hostOf, portOf } from "../steps/hostOf.ts";
import type { DiagnosisPorts, Judgement, Learned, Subject, Varied } from "../step.ts";
import { amendFindings } from "./amendFindings.ts";
import { askCandidate, type Candidate } from "./askCandidate.ts";
import { hostPort, loopbackAddresses, type Neighbour, tryNeighbours } from "./loopbackNeighbours.ts";
import { setBaseUrlFixes } from "./setBaseUrlFixes.ts";
import { timeoutFixes } from "./timeoutFixes.ts";
import { varyUnusedProxy } from "./varyUnusedProxy.ts";

/** How many that take a connection are asked what they are. */
const mostAsked = 3;

/** `ports` are tried where the port of the base URL takes no connection; other machines are never scanned. */
export async function varyConnect(
  judgement: Judgement,
  subject: Subject,
  learned: Learned,
  ports: DiagnosisPorts & { readonly localPorts: readonly number[] },
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
  const listening = tried.map(asWorking);
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

function asWorking(candidate: Candidate): Candidate {
  const { outcome } = candidate;
  const worked = outcome.kind === "reply" ? "yes" : candidate.variation.worked;
  return { ...candidate, variation: { ...candidate.variation, worked } };
}

async function otherPort(
  judgement: Judgement,
  subject: Subject,
  { learned, neighbours }: { readonly learned: Learned; readonly neighbours: readonly Neighbour[] },
  { sockets, http, localPorts }: DiagnosisPorts & { readonly localPorts: readonly number[] },
  signal: AbortSignal,
): Promise<Varied> {
  const { baseUrl, models } = subject.endpoint;
  const others = localPorts.filter((port) => port !== portOf(baseUrl));
  const targets = others.flatMap((port) => loopbackAddresses.map((address) => ({ address, port })));
  const tried = await tryNeighbours(targets, sockets, signal);
  const open = others.flatMap((port) => openOn(port, tried)).slice(0, mostAsked);
  const asked = await Promise.all(
    open.map((at) => askCandidate(baseUrlAt(at, baseUrl, learned), subject, http, signal)),
  );
  const wanted = new Set(Object.values(models));
  const serves = (each: Candidate): boolean => each.models.some(({ id }) => wanted.has(id));
  const sorted = [...asked.filter(serves), ...asked.filter((each) => !serves(each))];
  const worked = sorted.filter(({ variation }) => variation.worked === "yes");
  return {
    variations: [...neighbours, ...open, ...asked].map(({ variation }) => variation),
    findings: amendFindings(judgement, {
      ...setBaseUrlFixes(sorted),
      evidence: worked.map(({ variation }) => `GET ${variation.what}/models → ${variation.outcome}`),
    }),
  };
}

/** The first address on which the port takes a connection. */
function openOn(port: number, tried: readonly Neighbour[]): readonly Neighbour[] {
  return tried.filter((each) => each.port === port && each.variation.worked === "yes").slice(0, 1);
}

function withHost(baseUrl: string, address: string): string {
  const url = new URL(baseUrl);
  url.hostname = address.includes(":") ? `[${address}]` : address;
  return url.href.replace(/\/$/, "");
}

/** Local servers speak plain HTTP under /v1, whatever the base URL says. A name that leads there is kept. */
function baseUrlAt({ address, port }: Neighbour, baseUrl: string, { addresses = [] }: Learned): string {
  const leadsThere = addresses.some((each) => each.address === address);
  const host = leadsThere ? `${new URL(baseUrl).hostname}:${port}` : hostPort(address, port);
  return `http://${host}/v1`;
}
