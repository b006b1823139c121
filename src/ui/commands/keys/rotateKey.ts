/** Rotate API Key: the old key stays in use until the new one has passed a test, and neither is lost on the way. */

import * as vscode from "vscode";

import type { AskedBy } from "../../../core/audit/auditEntry.ts";
import type { Endpoint } from "../../../core/endpoint/endpoint.ts";
import { lastFour } from "../../../core/keys/keyLabel.ts";
import type { KeyReading, StoredKey } from "../../../core/ports.ts";
import { Notice } from "../../notice.ts";
import { formatDate } from "../../formatDate.ts";
import { askKey, tellRemoved } from "./askKey.ts";
import type { KeyDependencies } from "./keyDependencies.ts";
import { keyPrompt } from "./setKey.ts";
import { isStorable } from "./storeKey.ts";
import { tryNext } from "./tryNext.ts";

type Rotated = { readonly rotated: string } | undefined;

export async function rotateKey(
  endpoint: Endpoint,
  askedBy: AskedBy,
  dependencies: KeyDependencies,
): Promise<Rotated> {
  const old = await keyToReplace(endpoint, dependencies);
  const waiting = await dependencies.keys.next(endpoint);
  const choice = waiting === undefined ? "another" : await askWhich(waiting);
  if (choice === undefined || (choice === "another" && !(await keepNew(endpoint, old, dependencies)))) {
    return undefined;
  }
  return tryNext(endpoint, askedBy, dependencies);
}

/** Only what we store can be replaced here, and only a key that is in use has something to stay for. */
async function keyToReplace(endpoint: Endpoint, { vault }: KeyDependencies): Promise<KeyReading> {
  const { name, key: source } = endpoint;
  if (!isStorable(endpoint)) {
    throw new Notice(vscode.l10n.t('{0} reads its key from "{1}"; replace it there.', name, source.from));
  }
  const { key } = await vault.read(endpoint);
  if (key.kind !== "key" && key.kind !== "plain-http") {
    throw new Notice(vscode.l10n.t("{0} has no key in use to rotate; run Set API Key.", name));
  }
  return key;
}

/** False when the person cancels. */
async function keepNew(endpoint: Endpoint, old: KeyReading, dependencies: KeyDependencies): Promise<boolean> {
  const title = vscode.l10n.t("New API key for {0}", endpoint.name);
  const hint = vscode.l10n.t("The old one stays in use until this one has passed a test.");
  const asked = await askKey(title, [await keyPrompt(endpoint, dependencies), hint].join(" "));
  if (asked === undefined) {
    return false;
  }
  if (old.kind === "key" && old.value.trim() === asked.key) {
    throw new Notice(vscode.l10n.t("This is the key that is in use already."));
  }
  await dependencies.keys.keepNext(endpoint, asked.key);
  tellRemoved(asked);
  dependencies.refresh(endpoint.id);
  return true;
}

async function askWhich(waiting: StoredKey): Promise<"waiting" | "another" | undefined> {
  const named = `${lastFour(waiting.value)}, ${formatDate(waiting.setAtMs)}`;
  const items = [
    { label: vscode.l10n.t("Test the new key that waits"), description: named, choice: "waiting" as const },
    { label: vscode.l10n.t("Enter another new key"), choice: "another" as const },
  ];
  const placeHolder = vscode.l10n.t("A new key is already waiting");
  return (await vscode.window.showQuickPick(items, { placeHolder, ignoreFocusOut: true }))?.choice;
}
