/** Edit Endpoint: one field at a time, or the settings file for everything else. */

import * as vscode from "vscode";

import { cleanBaseUrl } from "../../core/endpoint/baseUrl.ts";
import { placeName } from "../../core/diagnosis/judgeExposed.ts";
import { type Endpoint, tasks, type Task } from "../../core/endpoint/endpoint.ts";
import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import { exposedPlaces } from "../../core/endpoint/exposedKeys.ts";
import { parseEndpoints } from "../../core/endpoint/parseSettings.ts";
import { taskLabel } from "../../core/endpoint/taskLabel.ts";
import { liveModels } from "../liveModels.ts";
import { Notice } from "../notice.ts";
import { notify } from "../notify.ts";
import { pickModel } from "../pickModel.ts";
import { openWay, type WayDependencies } from "../runs/runDependencies.ts";
import { editEntry, type RawEntry } from "../settings/endpointSettings.ts";
import { askKeySource } from "./keys/askKeySource.ts";

interface FieldItem extends vscode.QuickPickItem {
  /** The fields to write; undefined when cancelled. */
  readonly edit: () => Promise<RawEntry | undefined>;
}

/** Asks which field and for its new value. Undefined when the person cancels or goes to the settings file. */
export async function askForChange(
  endpoint: Endpoint,
  dependencies: WayDependencies,
): Promise<RawEntry | undefined> {
  const placeHolder = vscode.l10n.t("What to change of {0}", endpoint.name);
  const picked = await vscode.window.showQuickPick(fieldItems(endpoint, dependencies), { placeHolder });
  return picked?.edit();
}

/** Writes the fields, once the settings parser has nothing against them, and returns the endpoint as it is then. */
export async function saveChange(
  endpoint: Endpoint,
  change: RawEntry,
  store: EndpointStore,
  refresh: (endpointId: string) => void,
): Promise<Endpoint | undefined> {
  const { id, scope } = endpoint;
  const exposed = exposedPlaces(change).map(placeName);
  if (exposed.length > 0) {
    throw new Notice(
      vscode.l10n.t("A key does not belong in the settings ({0}). Run Set API Key.", exposed.join(", ")),
    );
  }
  const [checked] = parseEndpoints([{ ...fieldsOf(endpoint), ...change, id }], scope);
  if (checked?.kind !== "valid") {
    throw new Notice(vscode.l10n.t("This is no endpoint: {0}", checked?.problems.join("; ") ?? ""));
  }
  await editEntry(scope, id, { ...change, id });
  refresh(id);
  return store.endpoint(id);
}

/** What of an endpoint a settings entry may say. */
function fieldsOf(endpoint: Endpoint): RawEntry {
  return Object.fromEntries(
    Object.entries(endpoint).filter(([name]) => name !== "scope" && name !== "exposed"),
  );
}

function fieldItems(endpoint: Endpoint, dependencies: WayDependencies): FieldItem[] {
  return [
    {
      label: vscode.l10n.t("Name"),
      description: endpoint.name,
      edit: () => askText("name", vscode.l10n.t("Name"), endpoint.name),
    },
    { label: vscode.l10n.t("Base URL"), description: endpoint.baseUrl, edit: () => askBaseUrl(endpoint) },
    ...tasks.map((task) => ({
      label: vscode.l10n.t("Model for {0}", taskLabel(task)),
      description: endpoint.models[task] ?? "",
      edit: () => askModel(endpoint, task, dependencies),
    })),
    {
      label: vscode.l10n.t("Key source"),
      description: endpoint.key.from,
      edit: () => askKeySource(endpoint),
    },
    {
      label: vscode.l10n.t("Seconds between background checks"),
      description: String(endpoint.checkEverySeconds),
      edit: () => askSeconds(endpoint),
    },
    {
      label: vscode.l10n.t("Everything else in the settings file"),
      edit: async () => {
        await vscode.commands.executeCommand("qwen.openSettings");
        return undefined;
      },
    },
  ];
}

async function askText(field: string, title: string, value: string): Promise<RawEntry | undefined> {
  const text = await vscode.window.showInputBox({ title, value, ignoreFocusOut: true });
  return text === undefined || text.trim() === "" ? undefined : { [field]: text.trim() };
}

async function askBaseUrl(endpoint: Endpoint): Promise<RawEntry | undefined> {
  const title = vscode.l10n.t("Base URL");
  const validateInput = (text: string): string | undefined =>
    cleanBaseUrl(text).kind === "clean"
      ? undefined
      : vscode.l10n.t("Write an address such as http://localhost:8000/v1");
  const text = await vscode.window.showInputBox({
    title,
    value: endpoint.baseUrl,
    validateInput,
    ignoreFocusOut: true,
  });
  const cleaned = text === undefined ? undefined : cleanBaseUrl(text);
  if (cleaned?.kind === "clean" && cleaned.keyInUrl !== undefined) {
    void notify(
      "warning",
      vscode.l10n.t("The key in the address was left out. Run Set API Key to store it."),
    );
  }
  return cleaned?.kind === "clean" ? { baseUrl: cleaned.baseUrl } : undefined;
}

async function askModel(
  endpoint: Endpoint,
  task: Task,
  dependencies: WayDependencies,
): Promise<RawEntry | undefined> {
  const { credentials, http } = await openWay(endpoint, "command", dependencies);
  const live = await liveModels(endpoint, credentials, http, new AbortController().signal);
  const problem = live.kind === "failed" ? live.findings[0]?.code : undefined;
  const id = await pickModel(live.kind === "listed" ? live.models : [], task, problem);
  return id === undefined || id === "" ? undefined : { models: { ...endpoint.models, [task]: id } };
}

async function askSeconds({ checkEverySeconds }: Endpoint): Promise<RawEntry | undefined> {
  const title = vscode.l10n.t("Seconds between background checks");
  const prompt = vscode.l10n.t("0 turns them off");
  const validateInput = (text: string): string | undefined =>
    /^\d{1,5}$/.test(text) ? undefined : vscode.l10n.t("Write a whole number");
  const value = String(checkEverySeconds);
  const text = await vscode.window.showInputBox({
    title,
    prompt,
    value,
    validateInput,
    ignoreFocusOut: true,
  });
  return text === undefined ? undefined : { checkEverySeconds: Number(text) };
}
