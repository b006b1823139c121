/** Is the model we would ask for among those served? Also where the server accepts any name (servers.md 0.3). */

import { type Task, tasks } from "../../endpoint/endpoint.ts";
import { profileOf } from "../../servers/profileOf.ts";
import { chooseModel } from "../chooseModel.ts";
import type { Judgement, Learned, Step, Subject } from "../step.ts";
import { judgeModelId } from "./judgeModelId.ts";

export const model: Step<undefined> = {
  id: "model",

  gather: () => Promise.resolve(undefined),

  judge(_evidence, subject, learned) {
    const judged = subject.tasks.map((task) => judgeTask(task, subject, learned));
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

function judgeTask(task: Task, subject: Subject, learned: Learned): Judged {
  const configured = subject.endpoint.models[task];
  if (configured === undefined) {
    return judgeChoice(task, subject, learned);
  }
  return {
    evidence: [configured],
    findings: judgeModelId(configured, task, learned, subject.endpoint.baseUrl),
    chosen: { [task]: configured },
  };
}

/** No default is configured: the served model that fits, or, where nobody named the task, the task that is served. */
function judgeChoice(task: Task, { taskChoice }: Subject, { served, server }: Learned): Judged {
  const candidates = taskChoice === "named" ? [task] : [task, ...tasks.filter((other) => other !== task)];
  for (const candidate of candidates) {
    const chosen = chooseModel(served ?? [], candidate);
    if (chosen !== undefined) {
      return { evidence: [chosen], findings: [], chosen: { [candidate]: chosen } };
    }
  }
  const evidence = [`models.${task}`];
  // TEI lists nothing and has one model, whose name nobody has to say.
  if (served === undefined && profileOf(server?.id).unknownModel === "ignored") {
    return { evidence, chosen: {}, findings: [] };
  }
  const fixes = (served ?? []).slice(0, 3).map(({ id }) => ({ kind: "use-model" as const, task, model: id }));
  // Without a list the server may have one model and mind no name; the request rung will tell.
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
