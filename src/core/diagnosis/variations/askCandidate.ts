/** Asks another base URL for its models, to learn whether it is the one that was meant. */

import { joinPath, originOf } from "../../endpoint/baseUrl.ts";
import { type ModelInfo, parseModelList } from "../../endpoint/modelList.ts";
import { requestHeaders } from "../../endpoint/requestHeaders.ts";
import type { Timeouts } from "../../endpoint/timeouts.ts";
import { bareWireOptions, wireOptions } from "../../endpoint/wireOptions.ts";
import type { Http, HttpOutcome, HttpRequest } from "../../ports.ts";
import { parseJson } from "../errorEnvelope.ts";
import type { Variation } from "../report.ts";
import type { Subject } from "../step.ts";

export interface Candidate {
  readonly baseUrl: string;
  readonly variation: Variation;
  readonly outcome: HttpOutcome;
  /** Empty where it did not list any. */
  readonly models: readonly ModelInfo[];
}

/** A list of models larger than this is no list a server means. */
const listBytes = 8 * 1024 * 1024;

/** `GET {baseUrl}/models`: with the key and headers of the endpoint at its own origin, bare at any other. */
export async function askCandidate(
  baseUrl: string,
  subject: Subject,
  http: Http,
  signal: AbortSignal,
): Promise<Candidate> {
  const url = joinPath(baseUrl, "/models");
  const outcome = await http.send(bareOrOwn(url, subject), signal);
  const list = outcome.kind === "reply" && outcome.reply.status === 200 ? listIn(outcome) : undefined;
  return {
    baseUrl,
    outcome,
    models: list ?? [],
    variation: {
      what: baseUrl.replace(/[?#].*$/, ""),
      outcome: outcomeText(outcome, list),
      worked: list !== undefined || wantsKey(outcome) ? "yes" : "no",
    },
  };
}

/** The candidate, where something else than a list of models proves it. */
export function asWorking(candidate: Candidate): Candidate {
  return { ...candidate, variation: { ...candidate.variation, worked: "yes" } };
}

/** Waiting for a neighbour must not take longer than the test itself. */
export function neighbourTimeouts({ connectMs, firstByteMs, idleMs }: Timeouts): Timeouts {
  return {
    connectMs: Math.min(connectMs, 1500),
    firstByteMs: Math.min(firstByteMs, 3000),
    idleMs: Math.min(idleMs, 3000),
    totalMs: 5000,
  };
}

/** A GET that never carries the endpoint's key, headers or client certificate to another origin. */
function bareOrOwn(url: string, { endpoint, credentials }: Subject): HttpRequest {
  const isOwn = originOf(url) === originOf(endpoint.baseUrl);
  const headers = isOwn ? requestHeaders(credentials) : { accept: "application/json" };
  const wire = isOwn ? wireOptions(endpoint, credentials) : bareWireOptions(endpoint, credentials);
  const timeouts = neighbourTimeouts(endpoint.timeouts);
  return { method: "GET", url, headers, timeouts, ...wire, maxBytes: listBytes };
}

function listIn(outcome: HttpOutcome & { readonly kind: "reply" }): readonly ModelInfo[] | undefined {
  return parseModelList(parseJson(outcome.reply.body));
}

/** A model server that asks for a key; TEI does so without a word, a sign-in page with HTML. */
function wantsKey(outcome: HttpOutcome): boolean {
  if (outcome.kind !== "reply" || (outcome.reply.status !== 401 && outcome.reply.status !== 403)) {
    return false;
  }
  const { body, status } = outcome.reply;
  return parseJson(body) !== undefined || (body === "" && status === 401);
}

function outcomeText(outcome: HttpOutcome, list: readonly ModelInfo[] | undefined): string {
  if (outcome.kind === "fault") {
    return outcome.fault.code;
  }
  return list === undefined ? String(outcome.reply.status) : `200, ${list.length} models`;
}
