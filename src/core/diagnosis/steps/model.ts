/** Is the model we would ask for among those served? Also where the server accepts any name (servers.md 0.3). */

import { tasks } from "../../endpoint/endpoint.ts";
import type { ModelInfo } from "../../endpoint/modelList.ts";
import { chooseModel } from "../chooseModel.ts";
import type { Finding, FindingCode } from "../finding.ts";
import { nearestModels } from "../nearestModels.ts";
import type { Judgement, Step, Subject } from "../step.ts";

export const model: Step<undefined> = {
  id: "model",

  gather: () => Promise.resolve(undefined),

  judge(_evidence, subject, { served }) {
    const configured = subject.endpoint.models[subject.task];
    if (configured === undefined) {
      return judgeChoice(subject, served);
    }
    const learned = { model: configured };
    if (served === undefined || served.length === 0 || served.some(({ id }) => id === configured)) {
      return { evidence: [configured], findings: [], learned };
    }
    return { evidence: [configured], findings: [notListed(configured, served, subject)], learned };
  },
};

/** No default is configured: the served model that fits, or, where nobody named the task, the task that is served. */
function judgeChoice({ task, taskChoice }: Subject, served: readonly ModelInfo[] | undefined): Judgement {
  const candidates = taskChoice === "named" ? [task] : [task, ...tasks.filter((other) => other !== task)];
  for (const candidate of candidates) {
    const chosen = chooseModel(served ?? [], candidate);
    if (chosen !== undefined) {
      return { evidence: [chosen], findings: [], learned: { model: chosen, task: candidate } };
    }
  }
  const evidence = [`models.${task}`];
  const fixes = (served ?? []).slice(0, 3).map(({ id }) => ({ kind: "use-model" as const, task, model: id }));
  // Without a list the server may have one model and mind no name (TEI); the request rung will tell.
  const severity = served === undefined ? "warning" : "blocker";
  return {
    evidence,
    findings: [
      {
        code: "model.none-listed",
        severity,
        evidence,
        fixes: [...fixes, { kind: "open-settings" }, { kind: "test-again" }],
      },
    ],
  };
}

/** A warning only: the server may accept it all the same, and the request rung will tell. */
function notListed(configured: string, served: readonly ModelInfo[], { task }: Subject): Finding {
  const near = nearestModels(
    configured,
    served.map(({ id }) => id),
  );
  return {
    code: codeFor(configured, near, served),
    severity: "warning",
    evidence: [`"${configured}"`, ...near.map((id) => `→ "${id}"`)],
    fixes: [...near.map((id) => ({ kind: "use-model" as const, task, model: id })), { kind: "list-models" }],
  };
}

function codeFor(configured: string, near: readonly string[], served: readonly ModelInfo[]): FindingCode {
  if (near.some((id) => id.toLowerCase() === configured.toLowerCase())) {
    return "model.wrong-case";
  }
  // `root` is the path the server loaded; the served name is what requests must say.
  if (configured.startsWith("/") || served.some(({ root }) => root === configured)) {
    return "model.path-as-id";
  }
  const [base] = configured.split(":");
  return configured.includes(":") && served.some(({ id }) => id === base)
    ? "model.adapter-suffix"
    : "model.not-listed";
}
