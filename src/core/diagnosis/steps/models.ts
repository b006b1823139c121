/** Does the server list its models? Not having a list is no fault. */

import { askedModels, judgeModels } from "../../endpoint/checkHealth.ts";
import { parseModelList } from "../../endpoint/modelList.ts";
import type { HttpOutcome } from "../../ports.ts";
import { parseJson } from "../errorEnvelope.ts";
import { excerpt } from "../evidence.ts";
import type { Finding } from "../finding.ts";
import type { Judgement, Step, Subject } from "../step.ts";

/** How many ids are named as evidence. */
const idsShown = 20;

export const models: Step<HttpOutcome | undefined> = {
  id: "models",

  gather: (_subject, learned) => Promise.resolve(learned.models),

  judge(outcome, subject) {
    if (outcome?.kind !== "reply") {
      return { status: "skipped", evidence: [], findings: [] };
    }
    const served = outcome.reply.status === 200 ? parseModelList(parseJson(outcome.reply.body)) : undefined;
    if (served === undefined) {
      return withoutList(outcome, subject);
    }
    const evidence = served.slice(0, idsShown).map(({ id }) => excerpt(id, 200));
    const empty: readonly Finding[] =
      served.length === 0
        ? [
            {
              code: "model.none-listed",
              severity: "warning",
              evidence: ["data: []"],
              fixes: [{ kind: "test-again" }],
            },
          ]
        : [];
    return { evidence, findings: empty, learned: { served } };
  },
};

/** A 404 for the models may still be a wrong path; the request rung, on another route, tells the two apart. */
function withoutList(
  outcome: HttpOutcome & { readonly kind: "reply" },
  { endpoint, credentials }: Subject,
): Judgement {
  const found = judgeModels(outcome, askedModels(endpoint, credentials));
  const findings = found.map((finding): Finding => {
    const isMissingRoute = finding.code === "http.wrong-path" || finding.code === "http.wrong-method";
    // The http rung has seen that the task's route answers.
    if (finding.code === "http.not-an-api") {
      return { ...finding, code: "http.no-models-route", severity: "warning" };
    }
    return isMissingRoute
      ? { ...finding, code: "http.no-models-route", severity: "note" }
      : { ...finding, severity: "warning" };
  });
  return { evidence: findings.flatMap(({ evidence }) => evidence), findings };
}
