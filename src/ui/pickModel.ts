/** Which model a run asks: the configured default, the only fitting one served, or one picked or typed. */

import * as vscode from "vscode";

import type { Endpoint, Task } from "../core/endpoint/endpoint.ts";
import type { ModelInfo } from "../core/endpoint/modelList.ts";
import { taskLabel } from "../core/endpoint/taskLabel.ts";
import type { Finding } from "../core/diagnosis/finding.ts";
import { describeFinding } from "../core/diagnosis/findingTexts.ts";
import type { Credentials, Http } from "../core/ports.ts";
import { visibleId } from "../core/visible.ts";
import { liveModels } from "./liveModels.ts";

export type ChosenModel =
  | { readonly kind: "chosen"; readonly model: string }
  | { readonly kind: "cancelled" }
  /** The server did not answer, so asking for a model by hand would only hide why. */
  | { readonly kind: "failed"; readonly findings: readonly Finding[] };

/** Opens a dialog when it is its turn. */
export type Turn = <T>(dialog: () => Promise<T>) => Promise<T>;

/** Layers below the list of models: when one of them fails, no request can succeed. */
const unreachable = /^(name|connect|tls|auth|server)\.|^http\.(timeout|gateway|truncated)$/;

/** Asks the server for its models, and the person where more than one fits. */
export async function chooseModelFor(
  endpoint: Endpoint,
  task: Task,
  credentials: Credentials,
  http: Http,
  signal: AbortSignal,
  turn: Turn = (dialog) => dialog(),
): Promise<ChosenModel> {
  const live = await liveModels(endpoint, credentials, http, signal);
  if (live.kind === "failed" && live.findings.some(({ code }) => unreachable.test(code))) {
    return signal.aborted ? { kind: "cancelled" } : { kind: "failed", findings: live.findings };
  }
  const models = live.kind === "listed" ? live.models : [];
  const known = models.filter((model) => model.task === task);
  const fitting = known.length > 0 ? known : models.filter((model) => model.task === undefined);
  const [only] = fitting;
  const problem = live.kind === "failed" ? live.findings[0]?.code : undefined;
  const pick = async (): Promise<string | undefined> =>
    signal.aborted ? undefined : pickModel(models, task, problem, endpoint.name);
  const id = fitting.length === 1 && only !== undefined ? only.id : await turn(pick);
  return id === undefined || id === "" ? { kind: "cancelled" } : { kind: "chosen", model: id };
}

/** Models of the task first. Without a list the id is typed, under the name of what kept us from reading it. */
export async function pickModel(
  models: readonly ModelInfo[],
  task: Task,
  problem?: Parameters<typeof describeFinding>[0],
  endpointName?: string,
): Promise<string | undefined> {
  if (models.length === 0) {
    const title = vscode.l10n.t("Model for {0}", taskLabel(task));
    return vscode.window.showInputBox({
      title: endpointName === undefined ? title : `${endpointName} · ${title}`,
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
  const about = endpointName === undefined ? {} : { title: endpointName };
  return (await vscode.window.showQuickPick(items, { ...about, placeHolder, matchOnDescription: true }))?.id;
}
