/** The key is refused: does the server want one at all? */

import { modelsRequest } from "../../endpoint/checkHealth.ts";
import { parseModelList } from "../../endpoint/modelList.ts";
import { isHosted } from "../../servers/isHosted.ts";
import { parseJson } from "../errorEnvelope.ts";
import type { Fix } from "../finding.ts";
import type { Variation } from "../report.ts";
import type { DiagnosisPorts, Judgement, Learned, Subject, Varied } from "../step.ts";
import { amendFindings, blockerOf, unvaried } from "./amendFindings.ts";
import { neighbourTimeouts } from "./askCandidate.ts";
import { trySchemes } from "./trySchemes.ts";
import { tryTask } from "./tryTask.ts";

/** A key that may not list models may still be good for the task; else asks for the models without the key. */
export async function varyAuth(
  judgement: Judgement,
  subject: Subject,
  learned: Learned,
  ports: DiagnosisPorts,
  signal: AbortSignal,
): Promise<Varied> {
  const { variations, findings } = await tryTask(judgement, subject, learned, ports, signal);
  if (findings !== undefined) {
    return { variations, findings };
  }
  if (blockerOf(judgement)?.code === "auth.plain-http") {
    return varyScheme(judgement, variations, subject, ports, signal);
  }
  const varied = await varyKey(judgement, subject, ports, signal);
  return { ...varied, variations: [...variations, ...varied.variations] };
}

/** A key that must not travel unencrypted may go to the same server over TLS, where it speaks that. */
async function varyScheme(
  judgement: Judgement,
  before: readonly Variation[],
  subject: Subject,
  { http }: DiagnosisPorts,
  signal: AbortSignal,
): Promise<Varied> {
  const tried = await trySchemes(subject, http, signal);
  const fixes: readonly Fix[] =
    tried.worked === undefined ? [] : [{ kind: "set-base-url", baseUrl: tried.worked }];
  return {
    variations: [...before, ...tried.variations],
    findings: amendFindings(judgement, { fixes }),
  };
}

/** Asks for the models once more, without the key. A hosted provider may list its models to everybody, so there it proves nothing. */
async function varyKey(
  judgement: Judgement,
  { endpoint, credentials }: Subject,
  { http }: DiagnosisPorts,
  signal: AbortSignal,
): Promise<Varied> {
  const wasSent = credentials.key.kind === "key" && credentials.key.value.trim() !== "";
  if (!wasSent || blockerOf(judgement) === undefined || isHosted(endpoint.baseUrl)) {
    return unvaried(judgement);
  }
  const request = modelsRequest(endpoint, { ...credentials, key: { kind: "none" } });
  const timeouts = neighbourTimeouts(endpoint.timeouts);
  const outcome = await http.send({ ...request, timeouts }, signal);
  const list =
    outcome.kind === "reply" && outcome.reply.status === 200
      ? parseModelList(parseJson(outcome.reply.body))
      : undefined;
  const came = outcome.kind === "fault" ? outcome.fault.code : String(outcome.reply.status);
  const variation: Variation = {
    what: `${request.url.replace(/[?#].*$/, "")}, no key`,
    outcome: list === undefined ? came : `${came}, ${list.length} models`,
    worked: list === undefined ? "no" : "yes",
  };
  const fixes = list === undefined ? [] : [{ kind: "use-no-key" } as const];
  return { variations: [variation], findings: amendFindings(judgement, { fixes }) };
}
