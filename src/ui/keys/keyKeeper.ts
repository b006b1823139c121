/** Stores keys for endpoints and remembers what the user agreed to. The only place in ui that touches a key's value. */

import * as vscode from "vscode";

import { originOf } from "../../core/endpoint/baseUrl.ts";
import type { Endpoint, KeySource } from "../../core/endpoint/endpoint.ts";
import type { Redactor } from "../../core/diagnosis/redact.ts";
import { consentName, needsConsent } from "../../core/keys/consent.ts";
import type { Keychain, KeyOwner, KeyStore, StoredKey } from "../../core/ports.ts";
import { Notice } from "../notice.ts";
import { notify } from "../notify.ts";
import type { KeptAgreements } from "./keptAgreements.ts";

interface KeeperPorts {
  readonly stored: KeyStore;
  readonly keychain: Keychain;
  readonly agreements: KeptAgreements;
  readonly ownerOf: (endpoint: Endpoint) => KeyOwner;
  readonly redactor: Redactor;
}

export class KeyKeeper {
  readonly #ports: KeeperPorts;

  constructor(ports: KeeperPorts) {
    this.#ports = ports;
  }

  /** Stores it where the endpoint reads it: in its keychain entry, else in the secret storage. */
  async set(endpoint: Endpoint, key: string): Promise<void> {
    const { stored, keychain, ownerOf, redactor } = this.#ports;
    redactor.know(key);
    const { key: source } = endpoint;
    await storing(
      source.from === "keychain"
        ? keychain.write(source.service, source.account, key)
        : stored.write(ownerOf(endpoint), freshKey(endpoint, key)),
    );
  }

  /** Keeps a key that is to replace the one in use, which stays in use until `takeNext`. */
  async keepNext(endpoint: Endpoint, key: string): Promise<void> {
    const { stored, ownerOf, redactor } = this.#ports;
    redactor.know(key);
    await storing(stored.writeNext(ownerOf(endpoint), freshKey(endpoint, key)));
  }

  async next(endpoint: Endpoint): Promise<StoredKey | undefined> {
    return this.#ports.stored.readNext(this.#ports.ownerOf(endpoint));
  }

  /** The kept key takes the place of the one in use, which is forgotten. */
  async takeNext(endpoint: Endpoint): Promise<void> {
    const next = await this.next(endpoint);
    if (next !== undefined) {
      await this.set(endpoint, next.value);
      await this.dropNext(endpoint);
    }
  }

  async dropNext(endpoint: Endpoint): Promise<void> {
    await this.#ports.stored.clearNext(this.#ports.ownerOf(endpoint));
  }

  async clearNamed(name: string): Promise<void> {
    await this.#ports.stored.clearNamed(name);
  }

  /** Stores a header's secret for the origin of this endpoint. */
  async setNamed(endpoint: Endpoint, name: string, value: string): Promise<void> {
    this.#ports.redactor.know(value);
    await storing(this.#ports.stored.writeNamed(name, value, originOf(endpoint.baseUrl) ?? ""));
  }

  /** Removes the stored key, and one that waits to replace it. Never touches the keychain: other programs read it too. */
  async clear(endpoint: Endpoint): Promise<void> {
    await this.#ports.stored.clear(this.#ports.ownerOf(endpoint));
    await this.dropNext(endpoint);
  }

  /** From now on a key may travel unencrypted to the endpoint's origin, once the person has agreed. */
  async allowPlainHttp(endpoint: Endpoint): Promise<void> {
    const origin = originOf(endpoint.baseUrl) ?? "";
    const text = vscode.l10n.t("Send the key of {0} unencrypted to {1}?", endpoint.name, origin);
    const yes = vscode.l10n.t("Send it unencrypted");
    const later = vscode.l10n.t("Not now");
    if ((await notify("warning", text, { modal: true, buttons: [yes], close: later })) === yes) {
      await this.#ports.agreements.allowPlain(origin);
    }
  }

  /** Asks once, showing both origins, then binds the stored key to the new one, or records the consent. */
  async allow(endpoint: Endpoint): Promise<void> {
    const { stored, ownerOf, agreements } = this.#ports;
    const owner = ownerOf(endpoint);
    const isUnasked = needsConsent(endpoint) && !agreements.isGranted(consentName(endpoint));
    const key = isUnasked ? undefined : await stored.read(owner);
    const origin = originOf(endpoint.baseUrl) ?? "";
    const text =
      key === undefined
        ? vscode.l10n.t(
            "Let this workspace's endpoint {0} use {1} and send it to {2}?",
            endpoint.name,
            sourceText(endpoint),
            origin,
          )
        : vscode.l10n.t(
            "The key of {0} was entered for {1}. Send it to {2} from now on?",
            endpoint.name,
            key.origin,
            origin,
          );
    const yes = vscode.l10n.t("Send the key");
    if ((await notify("warning", text, { modal: true, buttons: [yes] })) !== yes) {
      return;
    }
    if (key === undefined) {
      await agreements.grant(consentName(endpoint));
    } else {
      await this.bind(endpoint);
    }
  }

  /** Binds the stored key to the origin of this endpoint, and keeps a consent given for another; the person has agreed already. */
  async bind(endpoint: Endpoint): Promise<void> {
    const { stored, ownerOf, agreements } = this.#ports;
    const owner = ownerOf(endpoint);
    const key = await stored.read(owner);
    if (key !== undefined) {
      const origin = originOf(endpoint.baseUrl) ?? "";
      await storing(stored.write(owner, { ...key, origin, setAtMs: Date.now() }));
    }
    if (needsConsent(endpoint)) {
      await agreements.grant(consentName(endpoint));
    }
  }

  /** Stores the key of one endpoint for another, bound to the other's origin; the person has agreed already. */
  async copy(from: Endpoint, to: Endpoint): Promise<void> {
    const key = await this.#held(from);
    if (key !== undefined) {
      await this.set(to, key);
    }
  }

  /** Writes the key into the other place, reads it back there and compares; the old copy stays until `forgetMoved`. */
  async move(endpoint: Endpoint, target: MoveTarget): Promise<void> {
    const key = await this.#held(endpoint);
    const moved: Endpoint = { ...endpoint, key: target };
    if (key === undefined) {
      throw new Notice(vscode.l10n.t("{0} has no key to move.", endpoint.name));
    }
    const { keychain, stored, ownerOf } = this.#ports;
    if (target.from === "keychain") {
      await keychain.write(target.service, target.account, key);
    } else {
      await storing(stored.write(ownerOf(endpoint), freshKey(endpoint, key)));
    }
    if ((await this.#held(moved)) !== key) {
      throw new Notice(vscode.l10n.t("The key did not arrive as it was written. Nothing was changed."));
    }
  }

  /** Removes the copy that a move left behind. A key that waits to replace it stays. */
  async forgetMoved(endpoint: Endpoint, old: KeySource): Promise<void> {
    if (old.from === "keychain") {
      await this.#ports.keychain.clear(old.service, old.account);
    } else {
      await this.#ports.stored.clear(this.#ports.ownerOf(endpoint));
    }
  }

  async #held(endpoint: Endpoint): Promise<string | undefined> {
    const { stored, keychain, ownerOf } = this.#ports;
    const { key } = endpoint;
    return key.from === "keychain"
      ? keychain.read(key.service, key.account)
      : (await stored.read(ownerOf(endpoint)))?.value;
  }
}

type MoveTarget = Extract<KeySource, { from: "secret" | "keychain" }>;

function freshKey({ baseUrl }: Endpoint, value: string): StoredKey {
  return { value, origin: originOf(baseUrl) ?? "", setAtMs: Date.now() };
}

function sourceText({ key, headers }: Endpoint): string {
  return JSON.stringify({ key, ...(Object.keys(headers).length === 0 ? {} : { headers }) });
}

/** Without a keyring the secret storage refuses; the person is told what else there is. */
async function storing(done: Promise<void>): Promise<void> {
  try {
    await done;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Notice(
      vscode.l10n.t(
        'The secret storage refused the key: {0}. Use "key": { "from": "env", "name": "…" } or "file" instead.',
        reason,
      ),
    );
  }
}
