/** What a page asks about the runs that are there. */

import * as vscode from "vscode";

import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { RequestHandlers } from "../../shared/link.ts";
import type { RunPanelContract } from "../../shared/runPanel.ts";
import type { ControlsOf } from "./panelDoors.ts";

type Handlers = RequestHandlers<RunPanelContract>;

type RunHandlers = Pick<
  Handlers,
  | "run/stop"
  | "run/again"
  | "run/copy"
  | "report/copy"
  | "report/show"
  | "fix/apply"
  | "code/copy"
  | "link/open"
>;

/** A request about a run that is not there (any more) is an old click and does nothing. */
export function pageHandlers(controlsOf: ControlsOf, redactor: Redactor): RunHandlers {
  const copy = (content: unknown): Promise<null> => copied(content, redactor);
  return {
    "run/stop": ({ runId }) => {
      controlsOf(runId)?.stop();
      return Promise.resolve(null);
    },
    "run/again": ({ runId }) => {
      controlsOf(runId)?.again();
      return Promise.resolve(null);
    },
    "run/copy": ({ runId }) => copy(controlsOf(runId)?.copyText() ?? ""),
    "report/copy": async ({ runId, format }) => copy((await controlsOf(runId)?.copyReport?.(format)) ?? ""),
    "report/show": async ({ runId, endpointId }) => {
      await controlsOf(runId)?.showReport?.(endpointId);
      return null;
    },
    "code/copy": ({ text }) => copy(text),
    "fix/apply": async ({ runId, fixId }) => {
      await controlsOf(runId)?.applyFix(fixId);
      return null;
    },
    "link/open": async ({ url }) => {
      await openLink(url);
      return null;
    },
  };
}

async function copied(content: unknown, redactor: Redactor): Promise<null> {
  const text =
    typeof content === "string"
      ? redactor.clean(content)
      : JSON.stringify(redactor.cleanDeep(content), null, 2);
  await vscode.env.clipboard.writeText(text);
  return null;
}

/** Links come from model output: web pages only, and VS Code asks before it opens one it does not trust. */
async function openLink(url: string): Promise<void> {
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  if (isWeb) {
    await vscode.env.openExternal(vscode.Uri.parse(url, true));
  }
}
