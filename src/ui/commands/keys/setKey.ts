/** Set API Key: stores a key, or a secret that a header or a passphrase mentions. */

import * as vscode from "vscode";

import { originOf } from "../../../core/endpoint/baseUrl.ts";
import type { Endpoint } from "../../../core/endpoint/endpoint.ts";
import { nameSource } from "../../../core/keys/keyLabel.ts";
import { keyInUse } from "../../../core/keys/keyWords.ts";
import { namedSecrets } from "../../../core/keys/namedSecrets.ts";
import { formatDate } from "../../formatDate.ts";
import { askKey, tellRemoved } from "./askKey.ts";
import type { KeyDependencies } from "./keyDependencies.ts";
import { readStatus } from "./readStatus.ts";
import { askPlainHttp, storeOwnKey } from "./storeKey.ts";

type Stored = { readonly stored: string } | undefined;

/** Asks which secret where there are several. */
export async function setSecret(endpoint: Endpoint, dependencies: KeyDependencies): Promise<Stored> {
  const name = await whichSecret(endpoint);
  if (name === undefined) {
    return undefined;
  }
  return name === "" ? setKey(endpoint, dependencies) : setNamed(endpoint, name, dependencies);
}

export async function setKey(endpoint: Endpoint, dependencies: KeyDependencies): Promise<Stored> {
  const title = vscode.l10n.t("API key for {0}", endpoint.name);
  const asked = await askKey(title, await keyPrompt(endpoint, dependencies));
  if (asked === undefined) {
    return undefined;
  }
  const kind = await storeOwnKey(endpoint, (to) => dependencies.keys.set(to, asked.key), dependencies);
  if (kind !== "stored") {
    return undefined;
  }
  tellRemoved(asked);
  await askPlainHttp(endpoint, dependencies);
  return { stored: endpoint.id };
}

/** For the origin of this endpoint. */
export async function setNamed(
  endpoint: Endpoint,
  name: string,
  { keys, refresh }: KeyDependencies,
): Promise<Stored> {
  const asked = await askKey(vscode.l10n.t("Secret {0} for {1}", name, endpoint.name), promptFor(endpoint));
  if (asked === undefined) {
    return undefined;
  }
  await keys.setNamed(endpoint, name, asked.key);
  tellRemoved(asked);
  refresh(endpoint.id);
  return { stored: endpoint.id };
}

/** Where it will be kept and go, and which one it replaces. */
export async function keyPrompt(endpoint: Endpoint, dependencies: KeyDependencies): Promise<string> {
  const status = await readStatus(endpoint, dependencies);
  const old = keyInUse(status, formatDate);
  return [promptFor(endpoint), ...(old === undefined ? [] : [vscode.l10n.t("Replaces {0}.", old)])].join(" ");
}

/** Where a key that is asked for will be kept and sent. */
export function promptFor({
  key,
  baseUrl,
}: Pick<Endpoint, "baseUrl"> & Partial<Pick<Endpoint, "key">>): string {
  const origin = originOf(baseUrl) ?? baseUrl;
  return key?.from === "keychain"
    ? vscode.l10n.t("Kept in the {0}, and sent to {1} only.", nameSource(key), origin)
    : vscode.l10n.t("Kept in the secret storage, and sent to {0} only.", origin);
}

/** "" for the key itself, or a name that a `${secret:NAME}` mentions. */
async function whichSecret(endpoint: Endpoint): Promise<string | undefined> {
  const named = namedSecrets(endpoint);
  if (named.length === 0) {
    return "";
  }
  const items = [
    { label: vscode.l10n.t("API key"), name: "" },
    ...named.map((name) => ({ label: `\${secret:${name}}`, name })),
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which secret?") }))?.name;
}
