/** Which served model to ask when none is configured for a task. */

import type { Task } from "../endpoint/endpoint.ts";
import type { ModelInfo } from "../endpoint/modelList.ts";

/** The first of the task, or the first whose task is not known; never one known to be for another task. */
export function chooseModel(served: readonly ModelInfo[], task: Task): string | undefined {
  const fitting =
    served.find((model) => model.task === task) ?? served.find((model) => model.task === undefined);
  return fitting?.id;
}
