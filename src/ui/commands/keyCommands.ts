/** Commands that store and remove keys. A key goes from the input box to the secret storage and nowhere else. */

import * as vscode from "vscode";

import { originOf } from "../../core/endpoint/baseUrl.ts";
import { cleanKey } from "../../core/keys/cleanKey.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import { describeFinding } from "../../core/diagnosis/findingTexts.ts";
import type { CommandHandlers } from "./registerCommands.ts";
import type { KeyKeeper } from "../keys/keyKeeper.ts";
import { Notice } from "../notice.ts";
import { notify } from "../notify.ts";
import { pickEndpoint } from "../pickEndpoint.ts";
import { editEntry } from "../settings/endpointSettings.ts";

type KeyCommands = Pick<
  CommandHandlers,
  | "qwen.setApiKey"
  | "qwen.clearApiKey"
  | "qwen.manageApiKey"
  | "qwen.rotateApiKey"
  | "qwen.copyApiKey"
  | "qwen.moveApiKey"
>;

export interface KeyDependencies {
  readonly store: EndpointStore;
  readonly keys: KeyKeeper;
  /** Reads the settings again after we changed them, and checks the endpoint anew. */
  readonly refresh: (endpointId: string) => void;
}

export function keyCommands(dependencies: KeyDependencies): KeyCommands {
  const { store, keys, refresh } = dependencies;
  return {
    "qwen.setApiKey": async (target) => {
      const endpoint = await pickEndpoint(store, target);
      const name = endpoint === undefined ? undefined : await whichSecret(endpoint);
      const key = endpoint === undefined || name === undefined ? undefined : await askKey(endpoint, name);
      if (endpoint === undefined || name === undefined || key === undefined) {
        return undefined;
      }
      if (name !== "") {
        await keys.setNamed(endpoint, name, key);
      } else if (await readsFromSecret(endpoint)) {
        await keys.set(endpoint, key);
      }
      refresh(endpoint.id);
      return { stored: endpoint.id };
    },
    "qwen.clearApiKey": async (target) => {
      const endpoint = await pickEndpoint(store, target, "ask");
      // A program that names an id has decided already.
      if (endpoint === undefined || !(typeof target === "string" || (await isSure(endpoint)))) {
        return undefined;
      }
      await keys.clear(endpoint);
      refresh(endpoint.id);
      return { cleared: endpoint.id };
    },
    "qwen.manageApiKey": () => Promise.resolve(undefined),
    "qwen.rotateApiKey": () => Promise.resolve(undefined),
    "qwen.copyApiKey": () => Promise.resolve(undefined),
    "qwen.moveApiKey": () => Promise.resolve(undefined),
  };
}

/** Only the secret storage can be cleared; what is read elsewhere is removed there. */
async function isSure({ name, key }: Endpoint): Promise<boolean> {
  if (key.from !== "secret") {
    throw new Notice(
      vscode.l10n.t('{0} reads its key from "{1}"; there is nothing to clear.', name, key.from),
    );
  }
  const clear = vscode.l10n.t("Clear");
  const text = vscode.l10n.t("Remove the key of {0} from the secret storage?", name);
  return (await notify("warning", text, { modal: true, buttons: [clear] })) === clear;
}

/** Asks for a key, cleaned as it is typed. Undefined when the person cancels. */
export async function askKey(
  { name: endpointName, baseUrl }: Pick<Endpoint, "name" | "baseUrl">,
  secret: string,
): Promise<string | undefined> {
  const pasted = await vscode.window.showInputBox({
    title:
      secret === ""
        ? vscode.l10n.t("API key for {0}", endpointName)
        : vscode.l10n.t("Secret {0} for {1}", secret, endpointName),
    prompt: vscode.l10n.t("Kept in the secret storage, and sent to {0} only.", originOf(baseUrl) ?? baseUrl),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const cleaned = cleanKey(text);
      return text === "" || cleaned.kind === "clean" ? undefined : describeFinding(cleaned.code).title;
    },
  });
  const cleaned = pasted === undefined || pasted === "" ? undefined : cleanKey(pasted);
  return cleaned?.kind === "clean" ? cleaned.key : undefined;
}

/** "" for the key itself, or a name that a header's `${secret:NAME}` mentions. */
async function whichSecret(endpoint: Endpoint): Promise<string | undefined> {
  const named = Object.values(endpoint.headers).flatMap((value) =>
    [...value.matchAll(/\$\{secret:([^}]+)\}/g)].map(([, name = ""]) => name),
  );
  if (named.length === 0) {
    return "";
  }
  const items = [
    { label: vscode.l10n.t("API key"), name: "" },
    ...named.map((name) => ({ label: `\${secret:${name}}`, name })),
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which secret?") }))?.name;
}

/** An endpoint that reads its key elsewhere is switched only when the person says so. */
async function readsFromSecret({ id, name, key, scope }: Endpoint): Promise<boolean> {
  if (key.from === "secret") {
    return true;
  }
  const change = vscode.l10n.t("Use the secret storage");
  const text = vscode.l10n.t('{0} reads its key from "{1}". A stored key would not be used.', name, key.from);
  const answer = await notify("warning", text, { modal: true, buttons: [change] });
  if (answer !== change) {
    throw new Notice(vscode.l10n.t("The key was not stored."));
  }
  await editEntry(scope, id, { key: undefined });
  return true;
}
