/** Takes the keys that stand in an endpoint's settings entry into the secret storage, and the entry's places of them away. A bundle of its own. */

import * as vscode from "vscode";

import { placeName } from "../../core/diagnosis/judgeExposed.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { KeyMove } from "../../core/endpoint/moveKeys.ts";
import { needsConsent } from "../../core/keys/consent.ts";
import { lastFour } from "../../core/keys/keyLabel.ts";
import type { KeyVault } from "../../core/ports.ts";
import { Notice } from "../notice.ts";
import { notify } from "../notify.ts";
import { editEntry, rawEntry } from "../settings/endpointSettings.ts";
import type { FixDependencies } from "./fixDependencies.ts";
import { plannedMove } from "./plannedMove.ts";

/** Stores before it edits, so that whatever fails loses nothing. Without a way back, which would put the key into the file again. */
export async function moveExposedKeys(endpoint: Endpoint, dependencies: FixDependencies): Promise<void> {
  const { id, name, scope } = endpoint;
  const { keys, vault, store, refresh, inBackground } = dependencies;
  const before = rawEntry(scope, id);
  const move = await plannedMove(before, id, keys);
  refuse(move);
  // The key is stored for the address as it is used, whatever source the entry names now.
  const keyed: Endpoint = { ...endpoint, key: { from: "secret" }, headers: {} };
  const key = await whichKey(keyed, move, vault);
  if (key === "cancelled") {
    return;
  }
  if (key !== "stored") {
    await keys.set(keyed, key.value);
  }
  for (const secret of move.named) {
    await keys.setNamed(endpoint, secret.name, secret.value);
  }
  if (JSON.stringify(rawEntry(scope, id)) !== JSON.stringify(before)) {
    throw new Notice(
      vscode.l10n.t(
        "The settings of {0} changed meanwhile, so nothing in them was touched. Try again.",
        name,
      ),
    );
  }
  await editEntry(scope, id, move.change);
  refresh(id);
  tell(endpoint);
  const moved = store.endpoint(id);
  if (moved !== undefined && needsConsent(moved) && !needsConsent(endpoint)) {
    await keys.allow(moved);
  }
  inBackground(Promise.resolve(vscode.commands.executeCommand("qwen.testEndpoint", { endpointId: id })));
}

function refuse({ refused }: KeyMove): void {
  const [first] = refused;
  if (first !== undefined) {
    throw new Notice(
      vscode.l10n.t(
        "What {0} holds can not be a key: it has characters that no key has. Correct it in the settings, or run Set API Key.",
        placeName(first),
      ),
    );
  }
}

type Chosen = KeyMove["keys"][number] | "stored" | "cancelled";

/** Asks where the settings and the storage hold different keys; `stored` as well where there is nothing to store. */
async function whichKey(keyed: Endpoint, { keys }: KeyMove, vault: KeyVault): Promise<Chosen> {
  const [first, ...others] = keys;
  if (first === undefined) {
    return "stored";
  }
  const { key: reading } = await vault.read(keyed);
  const isStored = reading.kind !== "missing" && reading.kind !== "failed";
  const isSame = reading.kind === "key" && reading.value === first.value;
  if (others.length === 0 && (!isStored || isSame)) {
    return first;
  }
  const stored = {
    label: vscode.l10n.t("The stored key"),
    description: reading.kind === "key" ? lastFour(reading.value) : "",
    chosen: "stored" as const,
  };
  const items = [
    ...keys.map((each) => ({ label: placeName(each.at), description: lastFour(each.value), chosen: each })),
    ...(isStored ? [stored] : []),
  ];
  const placeHolder = vscode.l10n.t("Which key of {0} counts? The others are forgotten.", keyed.name);
  return (
    (await vscode.window.showQuickPick(items, { placeHolder, ignoreFocusOut: true }))?.chosen ?? "cancelled"
  );
}

function tell({ name, exposed }: Endpoint): void {
  void notify(
    "information",
    vscode.l10n.t(
      "The key of {0} is in the secret storage now, and no longer in {1}. If the file was ever shared, synchronised or committed, have a new key issued. There is no Undo, which would put the key back.",
      name,
      exposed.map(placeName).join(", "),
    ),
  );
}
