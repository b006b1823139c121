/** Add Endpoint: a preset or a pasted URL, then the key, then models from the live list, then a test. */

import * as vscode from "vscode";

import { placeName } from "../../core/diagnosis/judgeExposed.ts";
import { cleanBaseUrl } from "../../core/endpoint/baseUrl.ts";
import { tasks, type Endpoint, type Task } from "../../core/endpoint/endpoint.ts";
import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import type { ModelInfo } from "../../core/endpoint/modelList.ts";
import { freeId } from "../../core/endpoint/newEntry.ts";
import { parseEndpoints } from "../../core/endpoint/parseSettings.ts";
import { taskLabel } from "../../core/endpoint/taskLabel.ts";
import { describeFinding } from "../../core/diagnosis/findingTexts.ts";
import type { HttpFor } from "../../core/audit/auditedHttp.ts";
import type { Credentials } from "../../core/ports.ts";
import { visibleId } from "../../core/visible.ts";
import { plannedMove } from "../fixes/plannedMove.ts";
import type { KeyKeeper } from "../keys/keyKeeper.ts";
import { liveModels } from "../liveModels.ts";
import { Notice } from "../notice.ts";
import { notify } from "../notify.ts";
import { addEntry, merge, takenIds, type RawEntry } from "../settings/endpointSettings.ts";
import { hostName } from "./hostName.ts";
import { askKey, type AskedKey, tellRemoved } from "./keys/askKey.ts";
import { promptFor } from "./keys/setKey.ts";
import { storeOrOffer } from "./keys/storeKey.ts";
import { pickServer } from "./pickServer.ts";

export interface AddDependencies {
  readonly store: EndpointStore;
  readonly keys: KeyKeeper;
  readonly httpFor: HttpFor;
  readonly refresh: (endpointId: string) => void;
}

/** From a program: the entry as it shall stand in the settings, its id and name made up where they are missing. */
export async function addGiven(
  given: Readonly<Record<string, unknown>>,
  dependencies: AddDependencies,
): Promise<Endpoint> {
  const cleaned = cleanBaseUrl(typeof given["baseUrl"] === "string" ? given["baseUrl"] : "");
  const baseUrl = cleaned.kind === "clean" ? cleaned.baseUrl : given["baseUrl"];
  const name = typeof given["name"] === "string" ? given["name"] : hostName(String(baseUrl));
  const entry = { id: newId(name), name, ...given, baseUrl };
  return save(entry, (cleaned.kind === "clean" && cleaned.keyInUrl) || "", dependencies);
}

/** Asks step by step. Undefined when the person cancels; nothing is stored then. */
export async function addAsking(dependencies: AddDependencies): Promise<Endpoint | undefined> {
  const server = await pickServer();
  if (server === undefined) {
    return undefined;
  }
  const { label, baseUrl, keyInUrl } = server;
  const asked =
    keyInUrl === undefined
      ? await askOptionalKey(label, baseUrl, server.key)
      : { key: keyInUrl, changes: [] };
  if (asked === undefined) {
    return undefined;
  }
  const { key } = asked;
  const from = key === "" && server.key === "none" ? "none" : "secret";
  const entry: RawEntry = { id: newId(label), name: label, baseUrl, key: { from } };
  const models = await pickDefaults(draft(entry), key, dependencies.httpFor);
  if (models === undefined) {
    return undefined;
  }
  const whole = { ...entry, ...(Object.keys(models).length > 0 ? { models } : {}) };
  const endpoint = await save(whole, key, dependencies);
  tellRemoved(asked);
  return endpoint;
}

/** An empty key for none, undefined when cancelled. */
async function askOptionalKey(
  name: string,
  baseUrl: string,
  need: "none" | "needed",
): Promise<AskedKey | undefined> {
  const enter = vscode.l10n.t("Enter a key");
  const skip = need === "needed" ? vscode.l10n.t("Later") : vscode.l10n.t("No key");
  const items = [
    { label: need === "needed" ? enter : skip, isKey: need === "needed" },
    { label: need === "needed" ? skip : enter, isKey: need !== "needed" },
  ];
  const placeHolder = vscode.l10n.t("Does {0} want a key?", name);
  const picked = await vscode.window.showQuickPick(items, { placeHolder, ignoreFocusOut: true });
  if (picked === undefined) {
    return undefined;
  }
  // An empty box means "later": what was answered so far is not thrown away for it.
  const none: AskedKey = { key: "", changes: [] };
  return picked.isKey
    ? ((await askKey(vscode.l10n.t("API key for {0}", name), promptFor({ baseUrl }))) ?? none)
    : none;
}

/** The first model of each task is picked beforehand. Undefined when cancelled. */
async function pickDefaults(
  endpoint: Endpoint,
  key: string,
  httpFor: HttpFor,
): Promise<Readonly<Record<string, string>> | undefined> {
  const credentials: Credentials = {
    key: key === "" ? { kind: "none" } : { kind: "key", value: key },
    headers: {},
  };
  const http = httpFor({ askedBy: "command", endpoint, key: credentials.key });
  const title = vscode.l10n.t("Asking {0} for its models", endpoint.name);
  const live = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title },
    () => liveModels(endpoint, credentials, http, new AbortController().signal),
  );
  if (live.kind === "failed" || live.models.length === 0) {
    const problem = live.kind === "failed" ? live.findings[0] : undefined;
    const text =
      problem === undefined
        ? vscode.l10n.t("The server lists no models.")
        : describeFinding(problem.code).title;
    const add = vscode.l10n.t("Add it all the same");
    const answer = await notify("warning", `${endpoint.name}: ${text}`, { modal: true, buttons: [add] });
    return answer === add ? {} : undefined;
  }
  const placeHolder = vscode.l10n.t("Default models, at most one for each task");
  const picked = await vscode.window.showQuickPick(modelItems(live.models), {
    canPickMany: true,
    placeHolder,
    ignoreFocusOut: true,
  });
  if (picked === undefined) {
    return undefined;
  }
  // Of two for the same task the first counts.
  return Object.fromEntries(picked.map(({ id, task }): [string, string] => [task, id]).reverse());
}

type ModelItem = vscode.QuickPickItem & { readonly id: string; readonly task: Task };

/** A hosted provider lists hundreds of models; picking the first of those is no help. */
const fewModels = 20;

function modelItems(models: readonly ModelInfo[]): ModelItem[] {
  const firsts = new Set(tasks.map((task) => models.find((model) => (model.task ?? "chat") === task)?.id));
  return models.map((model) => ({
    label: visibleId(model.id),
    description: taskLabel(model.task ?? "chat"),
    picked: models.length <= fewModels && firsts.has(model.id),
    id: model.id,
    task: model.task ?? "chat",
  }));
}

/** The keys are stored first, so that the first check already carries them; what stands in the entry in clear does not get into the file. "" is no key. */
async function save(
  given: RawEntry,
  key: string,
  { store, keys, refresh }: AddDependencies,
): Promise<Endpoint> {
  const { id } = draft(given);
  if (store.endpoint(id) !== undefined) {
    throw new Notice(vscode.l10n.t('There is an endpoint "{0}" already.', id));
  }
  const move = await plannedMove(given, id, keys);
  if (move.refused.length > 0) {
    throw new Notice(
      vscode.l10n.t("The key holds characters that no key has: {0}", move.refused.map(placeName).join(", ")),
    );
  }
  const entry = merge(given, move.change);
  const endpoint = draft(entry);
  const ownKey = move.keys[0]?.value ?? key;
  const storing =
    ownKey !== "" && endpoint.key.from === "secret"
      ? await storeOrOffer(endpoint, () => keys.set(endpoint, ownKey))
      : undefined;
  for (const { name, value } of move.named) {
    await keys.setNamed(endpoint, name, value);
  }
  const whole = merge(entry, storing?.kind === "elsewhere" ? storing.change : {});
  await addEntry(whole);
  refresh(id);
  return draft(whole);
}

/** What the settings parser makes of an entry; a mistake is told before anything is written. */
function draft(entry: RawEntry): Endpoint {
  const [parsed] = parseEndpoints([entry], "user");
  if (parsed?.kind === "valid") {
    return parsed.endpoint;
  }
  throw new Notice(vscode.l10n.t("This is no endpoint: {0}", parsed?.problems.join("; ") ?? ""));
}

/** Entries that are not valid have an id too. */
function newId(name: string): string {
  return freeId(name, takenIds());
}
