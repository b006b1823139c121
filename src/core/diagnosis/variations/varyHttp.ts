/** What answers is no model API: another scheme, another path or the way without the proxy may lead to one. */

import type { Http } from "../../ports.ts";
import type { FindingCode } from "../finding.ts";
import type { Judgement, Learned, Subject, Varied } from "../step.ts";
import { amendFindings, blockerOf, unvaried } from "./amendFindings.ts";
import { asWorking } from "./askCandidate.ts";
import { askCandidates } from "./askCandidates.ts";
import { baseUrlCandidates } from "./baseUrlCandidates.ts";
import { redirectTarget } from "./redirectTarget.ts";
import { setBaseUrlFixes } from "./setBaseUrlFixes.ts";
import { timeoutFixes } from "./timeoutFixes.ts";
import type { LocalPorts } from "./tryOtherPorts.ts";
import { isCertificateFault, trySchemes } from "./trySchemes.ts";
import { tryTask } from "./tryTask.ts";
import { varyProxy } from "./varyProxy.ts";

/** Ended before a reply that is HTTP: a TLS server hangs up on plain HTTP, or answers an alert that no parser reads. */
const mayBeTls = new Set<FindingCode>(["connect.reset", "http.malformed", "http.truncated"]);

/** Answers that another path of the same server may explain. */
const mayBePath = new Set<FindingCode>([
  "http.not-an-api",
  "http.malformed",
  "http.redirect",
  "http.gateway",
  "http.error-in-200",
]);

/** Waits of the models request beyond this are cut by the check itself. */
const longestWaitMs = 10_000;

/** The task's own route first: where it answers, the address is right. */
export async function varyHttp(
  judgement: Judgement,
  subject: Subject,
  learned: Learned,
  ports: LocalPorts,
  signal: AbortSignal,
): Promise<Varied> {
  const { variations, findings } = await tryTask(judgement, subject, learned, ports, signal);
  if (findings !== undefined) {
    return { variations, findings };
  }
  const varied = await varyAddress(judgement, subject, learned, ports, signal);
  return { ...varied, variations: [...variations, ...varied.variations] };
}

async function varyAddress(
  judgement: Judgement,
  subject: Subject,
  learned: Learned,
  ports: LocalPorts,
  signal: AbortSignal,
): Promise<Varied> {
  const code = blockerOf(judgement)?.code;
  if (code === undefined) {
    return unvaried(judgement);
  }
  if (subject.proxy !== undefined) {
    return varyProxy(judgement, subject, ports, signal);
  }
  const isPlain = subject.endpoint.baseUrl.startsWith("http:");
  if (code === "tls.https-server" || (isPlain && learned.models === undefined && mayBeTls.has(code))) {
    return varyScheme(judgement, subject, ports.http, signal);
  }
  if (learned.models?.kind === "reply" && mayBePath.has(code)) {
    return varyPath(judgement, subject, learned, ports, signal);
  }
  const fixes = timeoutFixes(code, subject.endpoint.timeouts, longestWaitMs);
  return { variations: [], findings: amendFindings(judgement, { fixes }) };
}

async function varyScheme(
  judgement: Judgement,
  subject: Subject,
  http: Http,
  signal: AbortSignal,
): Promise<Varied> {
  const { variations, worked } = await trySchemes(subject, http, signal);
  if (worked === undefined) {
    return { variations, findings: judgement.findings };
  }
  const fixes = [{ kind: "set-base-url", baseUrl: worked } as const];
  return { variations, findings: amendFindings(judgement, { code: "tls.https-server", fixes }) };
}

async function varyPath(
  judgement: Judgement,
  subject: Subject,
  learned: Learned,
  ports: LocalPorts,
  signal: AbortSignal,
): Promise<Varied> {
  const { baseUrl } = subject.endpoint;
  const target = learned.models === undefined ? undefined : redirectTarget(learned.models, baseUrl);
  const candidates = [...(target === undefined ? [] : [target]), ...baseUrlCandidates(baseUrl)];
  const asked = await askCandidates(candidates, subject, learned, ports, signal);
  // A redirect to https is meant, even where the certificate still has to be trusted.
  const tried = asked.map((each) =>
    each.baseUrl === target && isCertificateFault(each.outcome) ? asWorking(each) : each,
  );
  return {
    variations: tried.map(({ variation }) => variation),
    findings: amendFindings(judgement, setBaseUrlFixes(tried)),
  };
}
