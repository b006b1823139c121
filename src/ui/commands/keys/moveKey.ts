/** Move API Key: between the secret storage and the system's keychain. The old copy goes only when the new one is there and in use. */

import * as vscode from "vscode";

import type { Endpoint, KeySource } from "../../../core/endpoint/endpoint.ts";
import { describeKeyFailure } from "../../../core/keys/keyFailureTexts.ts";
import { nameSource } from "../../../core/keys/keyLabel.ts";
import { isStoringFailed } from "../../../core/keys/storingFailed.ts";
import { Notice } from "../../notice.ts";
import { notify } from "../../notify.ts";
import { editEntry } from "../../settings/endpointSettings.ts";
import { askKeychain } from "./askKeySource.ts";
import type { KeyDependencies } from "./keyDependencies.ts";

type Place = Extract<KeySource, { from: "secret" | "keychain" }>;

export async function moveKey(
  endpoint: Endpoint,
  dependencies: KeyDependencies,
): Promise<{ readonly moved: string; readonly to: Place["from"] } | undefined> {
  const old = endpoint.key;
  await mustHaveKey(endpoint, dependencies);
  const target: Place | undefined =
    old.from === "keychain" ? { from: "secret" } : await askKeychain(endpoint);
  if (target === undefined || !(await mayReplace(endpoint, target, dependencies))) {
    return undefined;
  }
  await inKeychain(() => dependencies.keys.move(endpoint, target, "replaced"));
  await use(endpoint, target, dependencies);
  const isForgotten = old.from !== "keychain" || (await agreesToForget(endpoint, old));
  if (isForgotten) {
    await inKeychain(() => dependencies.keys.forgetMoved(endpoint, old));
  }
  dependencies.refresh(endpoint.id);
  return { moved: endpoint.id, to: target.from };
}

async function mustHaveKey(endpoint: Endpoint, { vault }: KeyDependencies): Promise<void> {
  const { name, key: source } = endpoint;
  if (source.from !== "secret" && source.from !== "keychain") {
    throw new Notice(
      vscode.l10n.t(
        '{0} reads its key from "{1}". Only keys of the secret storage and the keychain can be moved.',
        name,
        source.from,
      ),
    );
  }
  const { key } = await vault.read(endpoint);
  if (key.kind === "failed") {
    throw new Notice(keychainText(describeKeyFailure(key.reason)));
  }
  if (key.kind === "other-origin") {
    throw new Notice(
      vscode.l10n.t(
        "The key of {0} was entered for {1}. Allow this address first, or set the key anew.",
        name,
        key.origin,
      ),
    );
  }
  if (key.kind !== "key" && key.kind !== "plain-http") {
    throw new Notice(vscode.l10n.t("{0} has no key to move.", name));
  }
}

/** Another key in the entry may be another program's. */
async function mayReplace(endpoint: Endpoint, target: Place, { vault }: KeyDependencies): Promise<boolean> {
  const [{ key: there }, { key: here }] = await Promise.all([
    vault.read({ ...endpoint, key: target }),
    vault.read(endpoint),
  ]);
  const isSame = there.kind === "key" && here.kind === "key" && here.value === there.value;
  if (isSame || (there.kind !== "key" && there.kind !== "other-origin")) {
    return true;
  }
  const replace = vscode.l10n.t("Replace it");
  const text = vscode.l10n.t("The {0} holds another key already. Replace it?", nameSource(target));
  const detail = vscode.l10n.t("Other programs may read it too.");
  return (await notify("warning", text, { modal: true, detail, buttons: [replace] })) === replace;
}

/** From now on the endpoint reads it there; the person has just said so, which is the consent a workspace's endpoint needs. */
async function use(endpoint: Endpoint, target: Place, dependencies: KeyDependencies): Promise<void> {
  const { id, scope } = endpoint;
  await editEntry(scope, id, { key: target.from === "secret" ? undefined : target });
  await dependencies.keys.bind({ ...endpoint, key: target });
}

async function agreesToForget({ name }: Endpoint, old: KeySource): Promise<boolean> {
  const remove = vscode.l10n.t("Remove it");
  const text = vscode.l10n.t(
    "{0} reads its key from the secret storage now. Remove the {1} too?",
    name,
    nameSource(old),
  );
  const detail = vscode.l10n.t("Other programs may read it too.");
  return (await notify("information", text, { modal: true, detail, buttons: [remove] })) === remove;
}

/** Nothing was changed when the first step of a move failed, and the message says so. */
async function inKeychain(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw isStoringFailed(error)
      ? new Notice(vscode.l10n.t("{0} Nothing was changed.", error.message))
      : error;
  }
}

function keychainText(reason: string): string {
  return vscode.l10n.t(
    "The key can not be read: {0} On Linux the keychain needs libsecret and a running, unlocked keyring such as gnome-keyring; in a container use an environment variable or a file. Nothing was changed.",
    reason,
  );
}
