/** Does a model server listen on another port of this machine? A wrong port is the commonest mistake (SGLang 30000, TEI 3000). */

import { originOf } from "../../endpoint/baseUrl.ts";
import type { Http } from "../../ports.ts";
import { parseJson } from "../errorEnvelope.ts";
import type { DiagnosisPorts, Learned, Subject } from "../step.ts";
import { portOf } from "../steps/hostOf.ts";
import { askCandidate, type Candidate, neighbourTimeouts } from "./askCandidate.ts";
import { hostPort, loopbackAddresses, type Neighbour, tryNeighbours } from "./loopbackNeighbours.ts";

/** Call it for loopback hosts alone; other machines are never scanned. */
export interface LocalPorts extends DiagnosisPorts {
  /** The ports to try: those that are known, or a test's own. */
  readonly localPorts: readonly number[];
}

export interface PortsTried {
  /** The ports that take a connection, `most` at most. */
  readonly open: readonly Neighbour[];
  /** What they answered; a server with the configured model first. */
  readonly asked: readonly Candidate[];
}

/** All ports at once by TCP, then a request to those that take a connection, without the key. */
export async function tryOtherPorts(
  subject: Subject,
  learned: Learned,
  { sockets, http, localPorts }: LocalPorts,
  most: number,
  signal: AbortSignal,
): Promise<PortsTried> {
  const { baseUrl, models } = subject.endpoint;
  const others = localPorts.filter((port) => port !== portOf(baseUrl));
  const targets = others.flatMap((port) => loopbackAddresses.map((address) => ({ address, port })));
  const tried = await tryNeighbours(targets, sockets, signal);
  const open = others.flatMap((port) => openOn(port, tried)).slice(0, most);
  const asked = await Promise.all(
    open.map((at) => askPort(baseUrlAt(at, baseUrl, learned), subject, http, signal)),
  );
  const wanted = new Set(Object.values(models));
  const serves = (each: Candidate): boolean => each.models.some(({ id }) => wanted.has(id));
  return { open, asked: [...asked.filter(serves), ...asked.filter((each) => !serves(each))] };
}

/** The first address on which the port takes a connection. */
function openOn(port: number, tried: readonly Neighbour[]): readonly Neighbour[] {
  return tried.filter((each) => each.port === port && each.variation.worked === "yes").slice(0, 1);
}

/** Local servers speak plain HTTP under /v1, whatever the base URL says. A name that leads there is kept. */
function baseUrlAt({ address, port }: Neighbour, baseUrl: string, { addresses = [] }: Learned): string {
  const leadsThere = addresses.some((each) => each.address === address);
  const host = leadsThere ? `${new URL(baseUrl).hostname}:${port}` : hostPort(address, port);
  return `http://${host}/v1`;
}

/** TEI has no list of models, but tells of its model under `/info`. */
async function askPort(
  baseUrl: string,
  subject: Subject,
  http: Http,
  signal: AbortSignal,
): Promise<Candidate> {
  const candidate = await askCandidate(baseUrl, subject, http, signal);
  if (candidate.outcome.kind !== "reply" || candidate.outcome.reply.status !== 404) {
    return candidate;
  }
  const timeouts = neighbourTimeouts(subject.endpoint.timeouts);
  const url = `${originOf(baseUrl) ?? ""}/info`;
  const info = await http.send({ method: "GET", url, headers: {}, timeouts, maxBytes: 65_536 }, signal);
  const body = info.kind === "reply" && info.reply.status === 200 ? parseJson(info.reply.body) : undefined;
  const isTei = typeof body === "object" && body !== null && "model_id" in body;
  const variation = {
    ...candidate.variation,
    outcome: "404, but /info names a model",
    worked: "yes" as const,
  };
  return isTei ? { ...candidate, variation } : candidate;
}
