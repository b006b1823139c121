/** The same address with the other scheme: what does the peer really speak? */

import type { Http, HttpOutcome } from "../../ports.ts";
import { tlsCode } from "../judgeFault.ts";
import type { Variation } from "../report.ts";
import type { Subject } from "../step.ts";
import { askCandidate } from "./askCandidate.ts";

export interface SchemesTried {
  readonly variations: readonly Variation[];
  /** The base URL whose scheme the peer speaks. */
  readonly worked: string | undefined;
}

/** Another scheme is another origin, so no key is sent. */
export async function trySchemes(subject: Subject, http: Http, signal: AbortSignal): Promise<SchemesTried> {
  const { baseUrl } = subject.endpoint;
  const other = baseUrl.startsWith("https:")
    ? baseUrl.replace(/^https:/, "http:")
    : baseUrl.replace(/^http:/, "https:");
  const { outcome, variation } = await askCandidate(other, subject, http, signal);
  const worked = speaks(outcome) ? "yes" : "no";
  return { variations: [{ ...variation, worked }], worked: worked === "yes" ? other : undefined };
}

/** Any reply proves the scheme, and so does a certificate, be it a wrong one. */
function speaks(outcome: HttpOutcome): boolean {
  if (outcome.kind !== "fault") {
    return !/HTTP request.{0,20}to (an )?HTTPS (port|server)/i.test(outcome.reply.body);
  }
  return isCertificateFault(outcome);
}

/** The peer speaks TLS, and only its certificate is not accepted. */
export function isCertificateFault(outcome: HttpOutcome): boolean {
  const code = outcome.kind === "fault" ? tlsCode(outcome.fault) : "tls.handshake";
  return code !== "tls.handshake" && code !== "tls.plain-http-server";
}
