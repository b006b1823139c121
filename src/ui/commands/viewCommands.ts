/** Commands about the view itself: refresh, log, settings, models, discovery. */

import * as vscode from "vscode";

import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import { discoverLocal, type Discovered } from "../../core/endpoint/discover.ts";
import type { HealthMonitor } from "../../core/endpoint/healthMonitor.ts";
import type { EndpointScope } from "../../core/endpoint/endpoint.ts";
import type { Row } from "../../core/endpoint/row.ts";
import type { ModelInfo } from "../../core/endpoint/modelList.ts";
import { taskLabel } from "../../core/endpoint/taskLabel.ts";
import { describeFinding } from "../../core/diagnosis/findingTexts.ts";
import { visibleId } from "../../core/visible.ts";
import { liveModels } from "../liveModels.ts";
import { Notice } from "../notice.ts";
import { notify } from "../notify.ts";
import { pickEndpoint } from "../pickEndpoint.ts";
import { openWay, type WayDependencies } from "../runs/runDependencies.ts";
import { askedBy } from "./askedBy.ts";
import type { CommandHandlers } from "./registerCommands.ts";

type ViewCommands = Pick<
  CommandHandlers,
  | "qwen.listModels"
  | "qwen.discoverEndpoints"
  | "qwen.refresh"
  | "qwen.showLog"
  | "qwen.openSettings"
  | "qwen.copyBaseUrl"
>;

interface ViewDependencies extends WayDependencies {
  readonly store: EndpointStore;
  readonly monitor: HealthMonitor;
  readonly channel: vscode.LogOutputChannel;
  readonly add: (entry: unknown) => Promise<unknown>;
}

export function viewCommands(dependencies: ViewDependencies): ViewCommands {
  const { store, monitor, channel, httpFor } = dependencies;
  return {
    "qwen.listModels": async (target) => listModels(dependencies, target),
    "qwen.discoverEndpoints": async () => {
      const title = vscode.l10n.t("Looking for model servers on this machine");
      const found = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title },
        () => discoverLocal(httpFor({ askedBy: "command" }), new AbortController().signal),
      );
      // The result is the program's; the person's choice goes on beside it.
      void offer(found, dependencies);
      return found;
    },
    "qwen.refresh": () => {
      const checking = store.endpoints().map(({ id }) => id);
      monitor.checkNow(checking);
      return Promise.resolve({ checking });
    },
    "qwen.showLog": () => {
      channel.show();
      return Promise.resolve(undefined);
    },
    "qwen.openSettings": async (about) => {
      await openSettings(scopeOf(about, store));
      return undefined;
    },
    "qwen.copyBaseUrl": async (target) => {
      const endpoint = await pickEndpoint(store, target);
      if (endpoint !== undefined) {
        await vscode.env.clipboard.writeText(endpoint.baseUrl);
      }
      return undefined;
    },
  };
}

/** A row of the tree (bad entries carry their scope in the key) or an endpoint's id. */
function scopeOf(about: unknown, store: EndpointStore): EndpointScope {
  const { key, endpointId } = (about === Object(about) ? about : { endpointId: about }) as Partial<Row>;
  const isWorkspace = key?.startsWith("invalid:workspace") === true;
  return isWorkspace ? "workspace" : (store.endpoint(endpointId ?? "")?.scope ?? "user");
}

async function openSettings(scope: EndpointScope): Promise<void> {
  const command =
    scope === "workspace"
      ? "workbench.action.openWorkspaceSettingsFile"
      : "workbench.action.openSettingsJson";
  await vscode.commands.executeCommand(command, { revealSetting: { key: "qwen.endpoints" } });
}

async function listModels(
  dependencies: ViewDependencies,
  target: unknown,
): Promise<readonly ModelInfo[] | undefined> {
  const { store } = dependencies;
  const endpoint = await pickEndpoint(store, target);
  if (endpoint === undefined) {
    return undefined;
  }
  const { credentials, http } = await openWay(endpoint, askedBy(target), dependencies);
  const live = await liveModels(endpoint, credentials, http, new AbortController().signal);
  if (live.kind === "failed") {
    const [first] = live.findings;
    throw new Notice(
      first === undefined ? endpoint.name : `${endpoint.name}: ${describeFinding(first.code).title}`,
    );
  }
  void showModels(endpoint.name, live.models);
  return live.models;
}

/** Picking a model copies its id, which is what one wants of a list of ids. */
async function showModels(name: string, models: readonly ModelInfo[]): Promise<void> {
  const items = models.map((model) => ({
    label: visibleId(model.id),
    description: model.task === undefined ? "" : taskLabel(model.task),
    ...(model.contextLength === undefined
      ? {}
      : { detail: vscode.l10n.t("context {0}", model.contextLength) }),
    id: model.id,
  }));
  const placeHolder =
    items.length === 0
      ? vscode.l10n.t("{0} lists no models", name)
      : vscode.l10n.t("Models of {0}; picking one copies its id", name);
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  if (picked !== undefined) {
    await vscode.env.clipboard.writeText(picked.id);
  }
}

async function offer(found: readonly Discovered[], { store, add }: ViewDependencies): Promise<void> {
  const known = new Set(store.endpoints().map(({ baseUrl }) => baseUrl.replace("localhost", "127.0.0.1")));
  const fresh = found.filter(({ baseUrl }) => !known.has(baseUrl));
  if (fresh.length === 0) {
    const text =
      found.length === 0
        ? vscode.l10n.t("Nothing on the known ports answers like a model server.")
        : vscode.l10n.t("Every server found is configured already.");
    void notify("information", text);
    return;
  }
  const items = fresh.map((each) => ({
    label: each.server,
    description: each.baseUrl,
    detail: each.needsKey
      ? vscode.l10n.t("needs a key")
      : each.modelIds.slice(0, 5).map(visibleId).join(", "),
    each,
  }));
  const placeHolder = vscode.l10n.t("Servers found; pick the ones to add");
  const picked = await vscode.window.showQuickPick(items, { placeHolder, canPickMany: true });
  for (const { each } of picked ?? []) {
    await add({ name: each.server, baseUrl: each.baseUrl, key: { from: each.needsKey ? "secret" : "none" } });
  }
}
