/** Only the task's request is redirected: the base URL that it leads to, where something answers there. */

import { joinPath } from "../../endpoint/baseUrl.ts";
import type { DiagnosisPorts, Judgement, Subject, Varied } from "../step.ts";
import { amendFindings, blockerOf } from "./amendFindings.ts";
import { askCandidate, asWorking } from "./askCandidate.ts";
import { setBaseUrlFixes } from "./setBaseUrlFixes.ts";
import { isCertificateFault } from "./trySchemes.ts";

/** The models were listed, so there is nothing to guess: at most one request. */
export async function varyTaskRedirect(
  judgement: Judgement,
  subject: Subject,
  operation: RegExp,
  { http }: DiagnosisPorts,
  signal: AbortSignal,
): Promise<Varied> {
  const target = targetOf(judgement, subject.endpoint.baseUrl, operation);
  if (target === undefined) {
    return { variations: [], findings: judgement.findings };
  }
  const asked = await askCandidate(target, subject, http, signal);
  // A redirect to https is meant, even where the certificate still has to be trusted.
  const tried = isCertificateFault(asked.outcome) ? asWorking(asked) : asked;
  return {
    variations: [tried.variation],
    findings: amendFindings(judgement, setBaseUrlFixes([tried])),
  };
}

/** `Location: https://gpu.example/v1/chat/completions` in the evidence; undefined where it leads to no such operation, or back. */
function targetOf(judgement: Judgement, baseUrl: string, operation: RegExp): string | undefined {
  const evidence = blockerOf(judgement)?.evidence ?? [];
  const location = evidence.find((line) => line.startsWith("Location: "))?.slice("Location: ".length);
  const from = joinPath(baseUrl, "/");
  if (location === undefined || !URL.canParse(location, from)) {
    return undefined;
  }
  const url = new URL(location, from);
  const path = url.pathname.replace(/\/+$/, "");
  const base = path.replace(operation, "");
  const isOperation = /^https?:$/.test(url.protocol) && base !== path;
  if (!isOperation || url.username !== "" || url.password !== "") {
    return undefined;
  }
  const target = `${url.origin}${base}${new URL(baseUrl).search}`;
  return joinPath(target, "") === joinPath(baseUrl, "") ? undefined : target;
}
