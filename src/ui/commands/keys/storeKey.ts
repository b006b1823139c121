/** Stores a key where an endpoint reads it, and says what else there is where no keyring is. */

import * as vscode from "vscode";

import type { Endpoint } from "../../../core/endpoint/endpoint.ts";
import { isStoringFailed } from "../../../core/keys/storingFailed.ts";
import { Notice } from "../../notice.ts";
import { notify } from "../../notify.ts";
import { editEntry, type RawEntry } from "../../settings/endpointSettings.ts";
import { askEnv, askFile } from "./askKeySource.ts";
import type { KeyDependencies } from "./keyDependencies.ts";

export type Storing =
  | { readonly kind: "stored" }
  /** Nothing could be stored, and the person named another source: the field `key` to write. */
  | { readonly kind: "elsewhere"; readonly change: RawEntry }
  | { readonly kind: "given-up" };

/** Without a keyring storing fails: the person is told so, and offered a variable or a file instead. */
export async function storeOrOffer(
  endpoint: Pick<Endpoint, "id">,
  store: () => Promise<void>,
): Promise<Storing> {
  try {
    await store();
    return { kind: "stored" };
  } catch (error) {
    if (!isStoringFailed(error)) {
      throw error;
    }
    const variable = vscode.l10n.t("Use an environment variable");
    const file = vscode.l10n.t("Use a file");
    const detail = vscode.l10n.t("The key was not stored, and nothing else was changed.");
    const buttons = [variable, file];
    const answer = await notify("warning", error.message, { modal: true, detail, buttons });
    const asking = { [variable]: askEnv, [file]: askFile }[answer ?? ""];
    const change = await asking?.(endpoint);
    return change === undefined ? { kind: "given-up" } : { kind: "elsewhere", change };
  }
}

/** Stores an endpoint's own key; one that reads its key elsewhere is switched to the secret storage, once the key is there. */
export async function storeOwnKey(
  endpoint: Endpoint,
  store: (storable: Endpoint) => Promise<void>,
  { refresh }: Pick<KeyDependencies, "refresh">,
): Promise<Storing["kind"]> {
  const { id, scope } = endpoint;
  const storable = await askToStore(endpoint);
  const storing = await storeOrOffer(endpoint, () => store(storable));
  if (storing.kind === "elsewhere") {
    await editEntry(scope, id, storing.change);
  } else if (storing.kind === "stored" && storable !== endpoint) {
    await editEntry(scope, id, { key: undefined });
  }
  refresh(id);
  return storing.kind;
}

/** Does the endpoint read what we store? */
export function isStorable({ key }: Pick<Endpoint, "key">): boolean {
  return key.from === "secret" || key.from === "keychain";
}

/** The endpoint as it is to be, once the person has agreed to the switch. */
async function askToStore(endpoint: Endpoint): Promise<Endpoint> {
  if (isStorable(endpoint)) {
    return endpoint;
  }
  const { name, key } = endpoint;
  const change = vscode.l10n.t("Use the secret storage");
  const text = vscode.l10n.t('{0} reads its key from "{1}". A stored key would not be used.', name, key.from);
  if ((await notify("warning", text, { modal: true, buttons: [change] })) !== change) {
    throw new Notice(vscode.l10n.t("The key was not stored."));
  }
  return { ...endpoint, key: { from: "secret" } };
}

/** A key that would travel unencrypted is held back until the person agrees: asked where it is stored, not when it is missed. */
export async function askPlainHttp(
  endpoint: Endpoint,
  { store, keys, vault, refresh }: KeyDependencies,
): Promise<void> {
  const now = store.endpoint(endpoint.id) ?? endpoint;
  const { key } = await vault.read(now);
  if (key.kind === "plain-http") {
    await keys.allowPlainHttp(now);
    refresh(now.id);
  }
}
