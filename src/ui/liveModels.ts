/** The models a server lists right now. */

import { askedModels, judgeModels, modelsRequest } from "../core/endpoint/checkHealth.ts";
import type { Endpoint } from "../core/endpoint/endpoint.ts";
import { parseModelList, type ModelInfo } from "../core/endpoint/modelList.ts";
import { parseJson } from "../core/diagnosis/errorEnvelope.ts";
import type { Finding } from "../core/diagnosis/finding.ts";
import type { Credentials, Http } from "../core/ports.ts";

export type LiveModels =
  | { readonly kind: "listed"; readonly models: readonly ModelInfo[] }
  | { readonly kind: "failed"; readonly findings: readonly Finding[] };

export async function liveModels(
  endpoint: Endpoint,
  credentials: Credentials,
  http: Http,
  signal: AbortSignal,
): Promise<LiveModels> {
  const outcome = await http.send(modelsRequest(endpoint, credentials), signal);
  const findings = judgeModels(outcome, askedModels(endpoint, credentials));
  const models =
    outcome.kind === "reply" && findings.length === 0
      ? parseModelList(parseJson(outcome.reply.body))
      : undefined;
  return models === undefined ? { kind: "failed", findings } : { kind: "listed", models };
}
