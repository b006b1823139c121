/** What a click on a fix does. Changes to settings can be taken back from the message that tells of them. */

import * as vscode from "vscode";

import type { Fix } from "../core/diagnosis/finding.ts";
import type { Endpoint } from "../core/endpoint/endpoint.ts";
import { visibleId } from "../core/visible.ts";
import { bypassProxy } from "./fixes/bypassProxy.ts";
import { changeEndpoint } from "./fixes/changeEndpoint.ts";
import type { FixDependencies } from "./fixes/fixDependencies.ts";
import { chooseCaFile, trustCertificate } from "./fixes/trustCertificate.ts";
import { tryRegion } from "./fixes/tryRegion.ts";
import { Notice } from "./notice.ts";
import { notify } from "./notify.ts";
import type { RawEntry } from "./settings/endpointSettings.ts";

export async function applyFix(endpointId: string, fix: Fix, dependencies: FixDependencies): Promise<void> {
  switch (fix.kind) {
    case "set-key":
      return run("qwen.setApiKey", endpointId);
    case "open-settings":
      return run("qwen.openSettings", endpointId);
    case "list-models":
      return run("qwen.listModels", { endpointId });
    case "test-again":
      return run("qwen.testEndpoint", { endpointId });
    case "run-command":
      showInTerminal(fix.command);
      return;
    case "copy-command":
      await vscode.env.clipboard.writeText(fix.command);
      void notify("information", vscode.l10n.t("Copied: {0}", fix.command));
      return;
    case "merge-extra-body":
    case "drop-parameter":
    case "set-parameter":
      // The chat's own panel sends again; elsewhere there is nothing to send.
      return;
    default:
      return applyToEndpoint(configured(dependencies.store.endpoint(endpointId)), fix, dependencies);
  }
}

type EndpointFix = Extract<
  Fix,
  {
    kind:
      | "set-base-url"
      | "use-model"
      | "use-no-key"
      | "set-timeout"
      | "allow-key-for-origin"
      | "allow-plain-http"
      | "move-key-to-secret"
      | "choose-client-certificate"
      | "bypass-proxy"
      | "trust-certificate"
      | "choose-ca-file"
      | "try-region";
  }
>;

/** Fixes that change the endpoint's entry or its key. */
async function applyToEndpoint(
  endpoint: Endpoint,
  fix: EndpointFix,
  dependencies: FixDependencies,
): Promise<void> {
  switch (fix.kind) {
    case "set-base-url":
      return changeEndpoint(endpoint, () => ({ baseUrl: fix.baseUrl }), dependencies);
    case "use-model":
      return changeEndpoint(endpoint, within("models", { [fix.task]: fix.model }), dependencies);
    case "use-no-key":
      return changeEndpoint(endpoint, () => ({ key: { from: "none" } }), dependencies);
    case "set-timeout":
      return changeEndpoint(endpoint, within("timeouts", { [fix.timer]: fix.milliseconds }), dependencies);
    case "allow-key-for-origin":
      await dependencies.keys.allow(endpoint);
      dependencies.refresh(endpoint.id);
      return;
    case "allow-plain-http":
      await dependencies.keys.allowPlainHttp(endpoint);
      dependencies.refresh(endpoint.id);
      return;
    case "move-key-to-secret":
      return (await import("./fixes/moveExposedKeys.ts")).moveExposedKeys(endpoint, dependencies);
    case "choose-client-certificate": {
      const { chooseClientCertificate } = await import("./fixes/chooseClientCertificate.ts");
      return chooseClientCertificate(endpoint, dependencies);
    }
    case "bypass-proxy":
      return bypassProxy(endpoint, dependencies);
    case "trust-certificate":
      return trustCertificate(endpoint, fix, dependencies);
    case "choose-ca-file":
      return chooseCaFile(endpoint, dependencies);
    case "try-region":
      return tryRegion(endpoint, fix, dependencies);
  }
}

/** Changes a part of a field that is an object; its other parts stay as they are in the file. */
function within(field: "models" | "timeouts", part: RawEntry): (entry: RawEntry) => RawEntry {
  return (entry) => {
    const value = entry[field];
    return { [field]: { ...(typeof value === "object" ? value : {}), ...part } };
  };
}

/** On the machine the requests leave from; the person presses Enter. */
function showInTerminal(command: string): void {
  const terminal = vscode.window.createTerminal("Qwen Endpoints");
  terminal.show();
  // A line break would be the Enter.
  terminal.sendText(visibleId(command), false);
}

async function run(command: string, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(command, ...args);
}

function configured(endpoint: Endpoint | undefined): Endpoint {
  if (endpoint === undefined) {
    throw new Notice(vscode.l10n.t("This endpoint is not in the settings, so there is nothing to change."));
  }
  return endpoint;
}
