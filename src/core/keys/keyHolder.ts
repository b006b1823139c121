/** Keeps keys where endpoints read them, and moves them so that none is lost. Asks nobody: the dialogs are in ui. */

import * as l10n from "@vscode/l10n";

import type { Redactor } from "../diagnosis/redact.ts";
import { originOf } from "../endpoint/baseUrl.ts";
import type { Endpoint, KeySource } from "../endpoint/endpoint.ts";
import type { Agreements, Keychain, KeyOwner, KeyStore, StoredKey } from "../ports.ts";
import { bindingNames, keyBinding } from "./binding.ts";
import { consentName, needsConsent } from "./consent.ts";
import { KeyFault } from "./keyFailure.ts";
import { plainOrigin } from "./plainOrigin.ts";
import { KeyNotice, StoringFailed } from "./storingFailed.ts";

/** Agreements that can be made, too. */
export interface KeepsAgreements extends Agreements {
  grant(name: string): Promise<void>;
  allowPlain(origin: string): Promise<void>;
}

export interface HolderPorts {
  readonly stored: KeyStore;
  readonly keychain: Keychain;
  readonly agreements: KeepsAgreements;
  readonly ownerOf: (endpoint: Endpoint) => KeyOwner;
  readonly redactor: Pick<Redactor, "know">;
  /** Milliseconds since 1970. */
  readonly epochMs: () => number;
}

/** A place of ours to keep a key in; the other sources are the user's own. */
export type KeyPlace = Extract<KeySource, { from: "secret" | "keychain" }>;

/** What the person has to be asked before an endpoint may send its secrets. */
export interface Unagreed {
  readonly consent: "missing" | "given";
  /** Where its sources were sent so far, when that is elsewhere. */
  readonly boundOrigin?: string;
}

export class KeyHolder {
  readonly #ports: HolderPorts;
  /** Where `move` has put a key, by its owner. */
  readonly #moved = new Map<string, KeyPlace>();

  constructor(ports: HolderPorts) {
    this.#ports = ports;
  }

  /** Stores it where the endpoint reads it: in its keychain entry, else in the secret storage. */
  async set(endpoint: Endpoint, key: string): Promise<void> {
    const { key: source } = endpoint;
    const place: KeyPlace = source.from === "keychain" ? source : { from: "secret" };
    this.#checkConsent(endpoint, place);
    await this.#write(endpoint, place, key, originOfEndpoint(endpoint));
  }

  /** Stores a header's secret for the origin of this endpoint. */
  async setNamed(endpoint: Endpoint, name: string, value: string): Promise<void> {
    this.#ports.redactor.know(value);
    await storing("secret", this.#ports.stored.writeNamed(name, value, originOfEndpoint(endpoint)));
  }

  /** The name itself, or with a number where another secret has it: what somebody else stored is not overwritten. */
  async freeName(name: string): Promise<string> {
    let free = name;
    for (let number = 2; await this.#ports.stored.hasNamed(free); number++) {
      free = `${name}-${number}`;
    }
    return free;
  }

  async clearNamed(name: string): Promise<void> {
    await this.#ports.stored.clearNamed(name);
  }

  /** Removes the stored key, and one that waits to replace it. Never touches the keychain: other programs read it too. */
  async clear(endpoint: Endpoint): Promise<void> {
    await this.#ports.stored.clear(this.#ports.ownerOf(endpoint));
    await this.dropNext(endpoint);
  }

  /** Keeps a key that is to replace the one in use, which stays in use until `takeNext`. */
  async keepNext(endpoint: Endpoint, key: string): Promise<void> {
    const { stored, ownerOf, redactor, epochMs } = this.#ports;
    redactor.know(key);
    const next = { value: key, origin: originOfEndpoint(endpoint), setAtMs: epochMs() };
    await storing("secret", stored.writeNext(ownerOf(endpoint), next));
  }

  /** Wherever the endpoint leads now: whoever sends it compares origins first. */
  async next(endpoint: Endpoint): Promise<StoredKey | undefined> {
    const { stored, ownerOf, redactor } = this.#ports;
    const next = await stored.readNext(ownerOf(endpoint));
    if (next !== undefined) {
      redactor.know(next.value);
    }
    return next;
  }

  /** The kept key takes the place of the one in use, which is forgotten; only at the origin it was entered for. */
  async takeNext(endpoint: Endpoint): Promise<void> {
    const next = await this.next(endpoint);
    if (next?.origin === originOfEndpoint(endpoint)) {
      await this.set(endpoint, next.value);
      await this.dropNext(endpoint);
    }
  }

  async dropNext(endpoint: Endpoint): Promise<void> {
    await this.#ports.stored.clearNext(this.#ports.ownerOf(endpoint));
  }

  /** Stores the key of one endpoint for another, under the other's own origin. */
  async copy(from: Endpoint, to: Endpoint): Promise<void> {
    const { value } = await this.#heldBy(from);
    await this.set(to, value);
  }

  /**
   * Resolves when the key has been written to its new place and read back from there; the old copy stays until
   * `forgetMoved`. Where it may go stays as it was. Another key in the keychain may be another program's, and is
   * overwritten only when the person said so.
   */
  async move(endpoint: Endpoint, place: KeyPlace, another: "kept" | "replaced" = "kept"): Promise<void> {
    const { value, origin } = await this.#heldBy(endpoint);
    const old =
      place.from === "keychain" ? await storing("keychain", this.#read(endpoint, place)) : undefined;
    if (another === "kept" && old !== undefined && old.value !== value) {
      throw new KeyNotice(
        l10n.t("The keychain holds another key for {0}/{1}; it was left as it is.", ...entryOf(place)),
      );
    }
    await this.#write(endpoint, place, value, origin);
    const written = await storing(place.from, this.#read(endpoint, place));
    if (written?.value !== value) {
      throw new StoringFailed(place.from, new KeyFault("not-kept"));
    }
    this.#moved.set(this.#nameOf(endpoint), place);
  }

  /** Removes the copy that a move left behind, once more making sure that the new place has the key. */
  async forgetMoved(endpoint: Endpoint, oldSource: KeySource): Promise<"forgotten" | "kept"> {
    const place = this.#moved.get(this.#nameOf(endpoint));
    if (place === undefined || !isPlace(oldSource) || isSamePlace(oldSource, place)) {
      return "kept";
    }
    const old = await this.#read(endpoint, oldSource);
    const moved = await this.#read(endpoint, place);
    if (old === undefined || old.value !== moved?.value) {
      return "kept";
    }
    await this.#clearAt(endpoint, oldSource);
    this.#moved.delete(this.#nameOf(endpoint));
    return "forgotten";
  }

  /** What the person has to agree to; undefined when there is nothing. */
  async unagreed(endpoint: Endpoint): Promise<Unagreed | undefined> {
    const { agreements, stored, ownerOf } = this.#ports;
    const owner = ownerOf(endpoint);
    const consent =
      needsConsent(endpoint) && !agreements.isGranted(consentName(endpoint)) ? "missing" : "given";
    const storedOrigin = endpoint.key.from === "secret" ? (await stored.read(owner))?.origin : undefined;
    const names = endpoint.scope === "user" ? bindingNames(endpoint, owner) : [];
    const bound = [storedOrigin, ...names.map((name) => agreements.boundOrigin(name))];
    const boundOrigin = bound.find((origin) => origin !== undefined && origin !== originOfEndpoint(endpoint));
    return consent === "given" && boundOrigin === undefined
      ? undefined
      : { consent, ...(boundOrigin === undefined ? {} : { boundOrigin }) };
  }

  /** Binds everything the endpoint reads to its present origin, and keeps a consent given for it; the person has agreed already. */
  async bind(endpoint: Endpoint): Promise<void> {
    const { stored, ownerOf, agreements } = this.#ports;
    const owner = ownerOf(endpoint);
    const origin = originOfEndpoint(endpoint);
    // A stored key that the endpoint does not read was not asked about.
    const key = endpoint.key.from === "secret" ? await stored.read(owner) : undefined;
    if (key !== undefined && key.origin !== origin) {
      await storing("secret", stored.write(owner, { ...key, origin }));
    }
    for (const name of endpoint.scope === "user" ? bindingNames(endpoint, owner) : []) {
      await agreements.bind(name, origin);
    }
    if (needsConsent(endpoint)) {
      await agreements.grant(consentName(endpoint));
    }
  }

  /** From now on its key may travel unencrypted to this other machine; the person has agreed already. */
  async bindPlain(endpoint: Endpoint): Promise<void> {
    const origin = plainOrigin(endpoint);
    if (origin !== undefined) {
      await this.#ports.agreements.allowPlain(origin);
    }
  }

  /** The key in a place of ours, with the origin it is for. */
  async #heldBy(endpoint: Endpoint): Promise<{ readonly value: string; readonly origin: string }> {
    const { key: source } = endpoint;
    if (!isPlace(source)) {
      throw new KeyNotice(
        l10n.t('{0} reads its key from "{1}"; it is not ours to copy or move.', endpoint.name, source.from),
      );
    }
    this.#checkConsent(endpoint, source);
    const held = await storing(source.from, this.#read(endpoint, source));
    if (held === undefined) {
      throw new KeyNotice(l10n.t("There is no key of {0}.", endpoint.name));
    }
    this.#ports.redactor.know(held.value);
    return held;
  }

  async #read(
    endpoint: Endpoint,
    place: KeyPlace,
  ): Promise<{ readonly value: string; readonly origin: string } | undefined> {
    const { stored, keychain, ownerOf, agreements } = this.#ports;
    const owner = ownerOf(endpoint);
    if (place.from === "secret") {
      return stored.read(owner);
    }
    const value = await keychain.read(place.service, place.account);
    const bound = agreements.boundOrigin(keyBinding(place, owner) ?? "");
    return value === undefined ? undefined : { value, origin: bound ?? originOfEndpoint(endpoint) };
  }

  async #write(endpoint: Endpoint, place: KeyPlace, value: string, origin: string): Promise<void> {
    const { stored, keychain, ownerOf, agreements, redactor, epochMs } = this.#ports;
    redactor.know(value);
    const owner = ownerOf(endpoint);
    if (place.from === "secret") {
      return storing("secret", stored.write(owner, { value, origin, setAtMs: epochMs() }));
    }
    await storing("keychain", keychain.write(place.service, place.account, value));
    await agreements.bind(keyBinding(place, owner) ?? "", origin);
  }

  async #clearAt(endpoint: Endpoint, place: KeyPlace): Promise<void> {
    const { stored, keychain, ownerOf } = this.#ports;
    if (place.from === "secret") {
      await stored.clear(ownerOf(endpoint));
    } else {
      await keychain.clear(place.service, place.account);
    }
  }

  /** A workspace must not make the user overwrite, or give away, an entry that he was not asked about. */
  #checkConsent(endpoint: Endpoint, place: KeyPlace): void {
    const isAgreed = !needsConsent(endpoint) || this.#ports.agreements.isGranted(consentName(endpoint));
    if (place.from === "keychain" && !isAgreed) {
      throw new KeyNotice(
        l10n.t("{0} comes from the workspace; agree to its use of the keychain first.", endpoint.name),
      );
    }
  }

  #nameOf(endpoint: Endpoint): string {
    const { endpointId, workspaceId } = this.#ports.ownerOf(endpoint);
    return JSON.stringify([endpointId, workspaceId]);
  }
}

function originOfEndpoint({ baseUrl }: Endpoint): string {
  return originOf(baseUrl) ?? "";
}

function isPlace(source: KeySource): source is KeyPlace {
  return source.from === "secret" || source.from === "keychain";
}

function isSamePlace(a: KeyPlace, b: KeyPlace): boolean {
  return a.from === "secret" || b.from === "secret"
    ? a.from === b.from
    : a.service === b.service && a.account === b.account;
}

function entryOf(place: KeyPlace): [string, string] {
  return place.from === "keychain" ? [place.service, place.account] : ["", ""];
}

async function storing<T>(place: KeyPlace["from"], done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    throw new StoringFailed(place, error);
  }
}
