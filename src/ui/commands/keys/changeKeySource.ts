/** Changes where an endpoint's key comes from, and says what becomes of a key that is stored for it. */

import * as vscode from "vscode";

import type { Endpoint } from "../../../core/endpoint/endpoint.ts";
import { notify } from "../../notify.ts";
import { saveChange } from "../editEndpoint.ts";
import { askKeySource } from "./askKeySource.ts";
import type { KeyDependencies } from "./keyDependencies.ts";
import { readStatus } from "./readStatus.ts";

export async function changeKeySource(endpoint: Endpoint, dependencies: KeyDependencies): Promise<void> {
  const { store, refresh, keys } = dependencies;
  const change = await askKeySource(endpoint);
  if (change === undefined) {
    return;
  }
  const before = await readStatus(endpoint, dependencies);
  const now = await saveChange(endpoint, change, store, refresh);
  const isLeft = endpoint.key.from === "secret" && now?.key.from !== "secret";
  if (!isLeft || before.state === "missing") {
    return;
  }
  const forget = vscode.l10n.t("Forget the stored key");
  const text = vscode.l10n.t("The key of {0} stays in the secret storage, unused.", endpoint.name);
  if ((await notify("information", text, { modal: true, buttons: [forget] })) === forget) {
    await keys.clear(endpoint);
  }
}
