/** Which model a run asks: the configured default, the only fitting one served, or one picked or typed. */

import * as vscode from "vscode";

import type { Endpoint, Task } from "../core/endpoint/endpoint.ts";
import type { ModelInfo } from "../core/endpoint/modelList.ts";
import { taskLabel } from "../core/endpoint/taskLabel.ts";
import { describeFinding } from "../core/diagnosis/findingTexts.ts";
import { visibleId } from "../core/visible.ts";
import { liveModels } from "./liveModels.ts";
import type { RunDependencies } from "./runs/runDependencies.ts";

/** Undefined when the person cancels. */
export async function modelFor(
  endpoint: Endpoint,
  task: Task,
  dependencies: RunDependencies,
): Promise<string | undefined> {
  const configured = endpoint.models[task];
  if (configured !== undefined) {
    return configured;
  }
  const credentials = await dependencies.vault.read(endpoint);
  const live = await liveModels(endpoint, credentials, dependencies.http, new AbortController().signal);
  const models = live.kind === "listed" ? live.models : [];
  const fitting = models.filter((model) => model.task === undefined || model.task === task);
  const [only] = fitting;
  return fitting.length === 1 && only !== undefined
    ? only.id
    : pickModel(models, task, live.kind === "failed" ? live.findings[0]?.code : undefined);
}

/** Models of the task first. Without a list the id is typed, under the name of what kept us from reading it. */
export async function pickModel(
  models: readonly ModelInfo[],
  task: Task,
  problem?: Parameters<typeof describeFinding>[0],
): Promise<string | undefined> {
  if (models.length === 0) {
    return vscode.window.showInputBox({
      title: vscode.l10n.t("Model for {0}", taskLabel(task)),
      prompt:
        problem === undefined
          ? vscode.l10n.t("The server lists no models. Type the model id.")
          : describeFinding(problem).title,
      ignoreFocusOut: true,
    });
  }
  const sorted = [...models].sort((a, b) => Number(b.task === task) - Number(a.task === task));
  const items = sorted.map((model) => ({
    label: visibleId(model.id),
    description: model.task === undefined ? "" : taskLabel(model.task),
    id: model.id,
  }));
  const placeHolder = vscode.l10n.t("Which model for {0}?", taskLabel(task));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.id;
}
