/** What can be done with a key, by where it comes from and how it stands. */

import * as vscode from "vscode";

import type { AskedBy } from "../../../core/audit/auditEntry.ts";
import type { Endpoint } from "../../../core/endpoint/endpoint.ts";
import type { KeyStatus } from "../../../core/keys/keyStatus.ts";
import { namedSecrets } from "../../../core/keys/namedSecrets.ts";
import { notify } from "../../notify.ts";
import { changeKeySource } from "./changeKeySource.ts";
import { clearKey } from "./clearKey.ts";
import { copyKey } from "./copyKey.ts";
import type { KeyDependencies } from "./keyDependencies.ts";
import { moveKey } from "./moveKey.ts";
import { rotateKey } from "./rotateKey.ts";
import { setKey, setNamed } from "./setKey.ts";
import { isStorable } from "./storeKey.ts";
import { takeNext, tryNext } from "./tryNext.ts";

export interface KeyAction extends vscode.QuickPickItem {
  readonly run: () => Promise<unknown>;
}

export function keyActions(
  endpoint: Endpoint,
  status: KeyStatus,
  askedBy: AskedBy,
  dependencies: KeyDependencies,
): readonly KeyAction[] {
  return [
    ...waitingActions(endpoint, status, askedBy, dependencies),
    ...heldBackActions(endpoint, status, dependencies),
    ...storedActions(endpoint, status, askedBy, dependencies),
    ...namedSecrets(endpoint).flatMap((name) => namedActions(endpoint, name, dependencies)),
    {
      label: vscode.l10n.t("Change the key source"),
      description: endpoint.key.from,
      iconPath: new vscode.ThemeIcon("settings-gear"),
      run: () => changeKeySource(endpoint, dependencies),
    },
  ];
}

function waitingActions(
  endpoint: Endpoint,
  { waiting }: KeyStatus,
  askedBy: AskedBy,
  dependencies: KeyDependencies,
): readonly KeyAction[] {
  if (waiting === undefined) {
    return [];
  }
  const { keys, refresh } = dependencies;
  const take = async (): Promise<void> => {
    const next = await keys.next(endpoint);
    await (next === undefined ? undefined : takeNext(endpoint, next, dependencies));
  };
  const drop = async (): Promise<void> => {
    await keys.dropNext(endpoint);
    refresh(endpoint.id);
  };
  const description = waiting.lastFour;
  return [
    action("beaker", vscode.l10n.t("Test the new key that waits"), description, () =>
      tryNext(endpoint, askedBy, dependencies),
    ),
    action("check", vscode.l10n.t("Use the new key without a test"), description, take),
    action("close", vscode.l10n.t("Forget the new key"), description, drop),
  ];
}

/** The person's word that a key is waiting for. */
function heldBackActions(
  endpoint: Endpoint,
  { state, origin = "" }: KeyStatus,
  { keys, refresh }: KeyDependencies,
): readonly KeyAction[] {
  const afterwards = (ask: (endpoint: Endpoint) => Promise<void>) => async (): Promise<void> => {
    await ask(endpoint);
    refresh(endpoint.id);
  };
  if (state === "plain-http") {
    const run = afterwards((each) => keys.allowPlainHttp(each));
    return [action("unlock", vscode.l10n.t("Let it travel unencrypted"), origin, run)];
  }
  return state === "other-origin" || state === "needs-consent"
    ? [
        action(
          "pass",
          vscode.l10n.t("Allow it for this address"),
          endpoint.baseUrl,
          afterwards((each) => keys.allow(each)),
        ),
      ]
    : [];
}

function storedActions(
  endpoint: Endpoint,
  { state, lastFour = "" }: KeyStatus,
  askedBy: AskedBy,
  dependencies: KeyDependencies,
): readonly KeyAction[] {
  const set = (label: string): KeyAction =>
    action("key", label, lastFour, () => setKey(endpoint, dependencies));
  if (!isStorable(endpoint)) {
    return [set(vscode.l10n.t("Store a key in the secret storage instead"))];
  }
  if (state === "missing" || state === "failed") {
    return [set(vscode.l10n.t("Set the key"))];
  }
  const move =
    endpoint.key.from === "keychain"
      ? vscode.l10n.t("Move it to the secret storage")
      : vscode.l10n.t("Move it to the system's keychain");
  const clear = action("trash", vscode.l10n.t("Clear the key"), "", () =>
    clearKey(endpoint, "ask", dependencies),
  );
  return [
    set(vscode.l10n.t("Replace the key")),
    action("sync", vscode.l10n.t("Rotate: test a new key before it replaces this one"), "", () =>
      rotateKey(endpoint, askedBy, dependencies),
    ),
    action("copy", vscode.l10n.t("Copy it to another endpoint"), "", () =>
      copyKey(endpoint, undefined, dependencies),
    ),
    action("arrow-swap", move, "", () => moveKey(endpoint, dependencies)),
    ...(endpoint.key.from === "secret" ? [clear] : []),
  ];
}

function namedActions(endpoint: Endpoint, name: string, dependencies: KeyDependencies): readonly KeyAction[] {
  const secret = `\${secret:${name}}`;
  return [
    action("key", vscode.l10n.t("Set {0}", secret), "", () => setNamed(endpoint, name, dependencies)),
    action("trash", vscode.l10n.t("Remove {0}", secret), "", () => clearNamed(endpoint, name, dependencies)),
  ];
}

/** Named secrets belong to no endpoint, so another may miss it. */
async function clearNamed({ id }: Endpoint, name: string, { keys, refresh }: KeyDependencies): Promise<void> {
  const remove = vscode.l10n.t("Remove it");
  const text = vscode.l10n.t("Remove the secret {0} for every endpoint that mentions it?", name);
  if ((await notify("warning", text, { modal: true, buttons: [remove] })) === remove) {
    await keys.clearNamed(name);
    refresh(id);
  }
}

function action(icon: string, label: string, description: string, run: () => Promise<unknown>): KeyAction {
  return { label, description, iconPath: new vscode.ThemeIcon(icon), run };
}
