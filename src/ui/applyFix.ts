/** What a click on a fix does. Changes to settings can be taken back from the message that tells of them. */

import * as vscode from "vscode";

import type { Fix } from "../core/diagnosis/finding.ts";
import type { Endpoint } from "../core/endpoint/endpoint.ts";
import type { EndpointStore } from "../core/endpoint/endpointStore.ts";
import type { KeyKeeper } from "./keyKeeper.ts";
import { Notice } from "./notice.ts";
import { notify } from "./notify.ts";
import { editEntry, type RawEntry } from "./settings/endpointSettings.ts";

interface FixDependencies {
  readonly store: EndpointStore;
  readonly keys: KeyKeeper;
  readonly refresh: (endpointId: string) => void;
}

export async function applyFix(endpointId: string, fix: Fix, dependencies: FixDependencies): Promise<void> {
  const endpoint = dependencies.store.endpoint(endpointId);
  switch (fix.kind) {
    case "set-base-url":
      return change(endpoint, { baseUrl: fix.baseUrl }, dependencies);
    case "use-model":
      return change(endpoint, { models: { ...endpoint?.models, [fix.task]: fix.model } }, dependencies);
    case "use-no-key":
      return change(endpoint, { key: { from: "none" } }, dependencies);
    case "allow-key-for-origin":
      await dependencies.keys.allow(configured(endpoint));
      dependencies.refresh(endpointId);
      return;
    case "copy-command":
      await vscode.env.clipboard.writeText(fix.command);
      void notify("information", vscode.l10n.t("Copied: {0}", fix.command));
      return;
    case "run-command":
      showInTerminal(fix.command);
      return;
    case "set-timeout":
      return change(
        endpoint,
        { timeouts: { ...endpoint?.timeouts, [fix.timer]: fix.milliseconds } },
        dependencies,
      );
    case "merge-extra-body":
      // The chat's own panel sends again; elsewhere there is nothing to send.
      return;
    case "trust-certificate":
    case "choose-ca-file":
    case "try-region":
    case "bypass-proxy":
      return run("qwen.openSettings", endpointId);
    case "set-key":
      return run("qwen.setApiKey", endpointId);
    case "open-settings":
      return run("qwen.openSettings", endpointId);
    case "list-models":
      return run("qwen.listModels", endpointId);
    case "test-again":
      return run("qwen.testEndpoint", endpointId);
  }
}

/** On the machine the requests leave from; the person presses Enter. */
function showInTerminal(command: string): void {
  const terminal = vscode.window.createTerminal("Qwen Endpoints");
  terminal.show();
  terminal.sendText(command, false);
}

async function run(command: string, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(command, ...args);
}

/** Writes the change, tests again, and offers to undo. */
async function change(
  endpoint: Endpoint | undefined,
  fields: RawEntry,
  { refresh }: FixDependencies,
): Promise<void> {
  const { id, name, scope, ...before } = configured(endpoint);
  await editEntry(scope, id, fields);
  refresh(id);
  void run("qwen.testEndpoint", id);
  const undo = vscode.l10n.t("Undo");
  const text = vscode.l10n.t("Changed {0}: {1}", name, JSON.stringify(fields));
  const answer = notify("information", text, { buttons: [undo] });
  void answer.then(async (picked) => {
    if (picked === undo) {
      const old = Object.fromEntries(
        Object.keys(fields).map((field) => [field, before[field as keyof typeof before]]),
      );
      await editEntry(scope, id, old);
      refresh(id);
    }
  });
}

function configured(endpoint: Endpoint | undefined): Endpoint {
  if (endpoint === undefined) {
    throw new Notice(vscode.l10n.t("This endpoint is not in the settings, so there is nothing to change."));
  }
  return endpoint;
}
