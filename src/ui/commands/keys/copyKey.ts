/** Copy API Key: what one endpoint's store holds, stored for another as well, after the person has seen where it will go. */

import * as vscode from "vscode";

import { originOf } from "../../../core/endpoint/baseUrl.ts";
import type { Endpoint } from "../../../core/endpoint/endpoint.ts";
import { keyInUse } from "../../../core/keys/keyWords.ts";
import { formatDate } from "../../formatDate.ts";
import { Notice } from "../../notice.ts";
import { notify } from "../../notify.ts";
import type { KeyDependencies } from "./keyDependencies.ts";
import { readStatus } from "./readStatus.ts";
import { askPlainHttp, isStorable, storeOwnKey } from "./storeKey.ts";

/** `to` is the endpoint a program named. */
export async function copyKey(
  from: Endpoint,
  to: Endpoint | undefined,
  dependencies: KeyDependencies,
): Promise<{ readonly copied: string } | undefined> {
  const { state } = await readStatus(from, dependencies);
  if (!isStorable(from)) {
    throw new Notice(
      vscode.l10n.t(
        '{0} reads its key from "{1}". Give the other endpoint the same source: Manage API Key, Change the key source.',
        from.name,
        from.key.from,
      ),
    );
  }
  if (state !== "key" && state !== "other-origin" && state !== "plain-http") {
    throw new Notice(vscode.l10n.t("{0} has no key to copy.", from.name));
  }
  const target = to ?? (await pickTarget(from, dependencies));
  if (target === undefined || !(await agrees(from, target, dependencies))) {
    return undefined;
  }
  const kind = await storeOwnKey(target, (storable) => dependencies.keys.copy(from, storable), dependencies);
  if (kind !== "stored") {
    return undefined;
  }
  await askPlainHttp(target, dependencies);
  void notify("information", vscode.l10n.t("{0} has the key of {1} now.", target.name, from.name));
  return { copied: target.id };
}

async function pickTarget(from: Endpoint, { store }: KeyDependencies): Promise<Endpoint | undefined> {
  const others = store.endpoints().filter(({ id }) => id !== from.id);
  if (others.length === 0) {
    throw new Notice(vscode.l10n.t("There is no other endpoint to copy the key to."));
  }
  const items = others.map((endpoint) => ({
    label: endpoint.name,
    description: endpoint.baseUrl,
    endpoint,
  }));
  const placeHolder = vscode.l10n.t("Copy the key of {0} to which endpoint?", from.name);
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.endpoint;
}

/** Shows both names and both origins: the copy may take the key to a server it was not entered for. */
async function agrees(from: Endpoint, to: Endpoint, dependencies: KeyDependencies): Promise<boolean> {
  if (from.id === to.id) {
    throw new Notice(vscode.l10n.t("This is the same endpoint."));
  }
  const [source, target] = await Promise.all([readStatus(from, dependencies), readStatus(to, dependencies)]);
  const origin =
    source.origin !== undefined && source.state === "other-origin" ? source.origin : originOf(from.baseUrl);
  const old = keyInUse(target, formatDate);
  const text = vscode.l10n.t("Copy the key of {0} to {1}?", from.name, to.name);
  const detail = [
    vscode.l10n.t("{0}: entered for {1}", from.name, origin ?? from.baseUrl),
    vscode.l10n.t("{0}: will be sent to {1}", to.name, originOf(to.baseUrl) ?? to.baseUrl),
    ...(old === undefined ? [] : [vscode.l10n.t("Replaces {0}.", old)]),
  ].join("\n");
  const copy = vscode.l10n.t("Copy the key");
  return (await notify("warning", text, { modal: true, detail, buttons: [copy] })) === copy;
}
