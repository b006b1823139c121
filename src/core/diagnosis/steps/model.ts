/** Is the model we would ask for among those served? Also where the server accepts any name (servers.md 0.3). */

import { type Task, tasks } from "../../endpoint/endpoint.ts";
import type { ModelInfo } from "../../endpoint/modelList.ts";
import { chooseModel } from "../chooseModel.ts";
import type { Finding, FindingCode } from "../finding.ts";
import { nearestModels } from "../nearestModels.ts";
import type { Judgement, Step, Subject } from "../step.ts";

export const model: Step<undefined> = {
  id: "model",

  gather: () => Promise.resolve(undefined),

  judge(_evidence, subject, { served }) {
    const judged = subject.tasks.map((task) => judgeTask(task, subject, served));
    const chosen: Readonly<Partial<Record<Task, string>>> = Object.fromEntries(
      judged.flatMap((each) => Object.entries(each.chosen)),
    );
    const guessed = subject.taskChoice === "guessed" ? (Object.keys(chosen) as Task[]) : [];
    return {
      evidence: judged.flatMap(({ evidence }) => evidence),
      findings: judged.flatMap(({ findings }) => findings),
      learned: { chosen, ...(guessed.length === 0 ? {} : { tasks: guessed }) },
    };
  },
};

type Judged = Judgement & { readonly chosen: Readonly<Partial<Record<Task, string>>> };

function judgeTask(task: Task, subject: Subject, served: readonly ModelInfo[] | undefined): Judged {
  const configured = subject.endpoint.models[task];
  if (configured === undefined) {
    return judgeChoice(task, subject, served);
  }
  const isListed = served === undefined || served.length === 0 || served.some(({ id }) => id === configured);
  return {
    evidence: [configured],
    findings: isListed ? [] : [notListed(configured, served, task)],
    chosen: { [task]: configured },
  };
}

/** No default is configured: the served model that fits, or, where nobody named the task, the task that is served. */
function judgeChoice(task: Task, { taskChoice }: Subject, served: readonly ModelInfo[] | undefined): Judged {
  const candidates = taskChoice === "named" ? [task] : [task, ...tasks.filter((other) => other !== task)];
  for (const candidate of candidates) {
    const chosen = chooseModel(served ?? [], candidate);
    if (chosen !== undefined) {
      return { evidence: [chosen], findings: [], chosen: { [candidate]: chosen } };
    }
  }
  const evidence = [`models.${task}`];
  const fixes = (served ?? []).slice(0, 3).map(({ id }) => ({ kind: "use-model" as const, task, model: id }));
  // Without a list the server may have one model and mind no name (TEI); the request rung will tell.
  const severity = served === undefined ? "warning" : "blocker";
  return {
    evidence,
    chosen: {},
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
function notListed(configured: string, served: readonly ModelInfo[], task: Task): Finding {
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
