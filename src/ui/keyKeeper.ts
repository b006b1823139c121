/** Stores keys for endpoints and remembers what the user agreed to. The only place in ui that touches a key's value. */

import * as vscode from "vscode";

import { originOf } from "../core/endpoint/baseUrl.ts";
import type { Endpoint } from "../core/endpoint/endpoint.ts";
import type { Redactor } from "../core/diagnosis/redact.ts";
import { Notice } from "./notice.ts";
import { notify } from "./notify.ts";

/** The store of `src/io/keys`, as far as ui uses it. */
interface StoredKeys {
  read(owner: Owner): Promise<{ readonly value: string; readonly origin: string } | undefined>;
  write(
    owner: Owner,
    key: { readonly value: string; readonly origin: string; readonly setAtMs: number },
  ): Promise<void>;
  clear(owner: Owner): Promise<void>;
  writeNamed(name: string, value: string, origin: string): Promise<void>;
}

interface Owner {
  readonly endpointId: string;
  readonly workspaceId?: string;
}

interface KeeperPorts {
  readonly stored: StoredKeys;
  readonly ownerOf: (endpoint: Endpoint) => Owner;
  /** Does this endpoint reach for what is the user's, so that the workspace it comes from needs consent? */
  readonly needsConsent: (endpoint: Endpoint) => boolean;
  readonly redactor: Redactor;
  readonly workspaceState: vscode.Memento;
}

export class KeyKeeper {
  readonly #ports: KeeperPorts;

  constructor(ports: KeeperPorts) {
    this.#ports = ports;
  }

  async set(endpoint: Endpoint, key: string): Promise<void> {
    const { stored, ownerOf, redactor } = this.#ports;
    redactor.know(key);
    const origin = originOf(endpoint.baseUrl) ?? "";
    await storing(stored.write(ownerOf(endpoint), { value: key, origin, setAtMs: Date.now() }));
  }

  /** Stores a header's secret for the origin of this endpoint. */
  async setNamed(endpoint: Endpoint, name: string, value: string): Promise<void> {
    this.#ports.redactor.know(value);
    await storing(this.#ports.stored.writeNamed(name, value, originOf(endpoint.baseUrl) ?? ""));
  }

  async clear(endpoint: Endpoint): Promise<void> {
    await this.#ports.stored.clear(this.#ports.ownerOf(endpoint));
  }

  /** Has the user agreed that this workspace's endpoint may use its key source for this origin? */
  hasConsent(endpoint: Endpoint): boolean {
    return this.#ports.workspaceState.get<boolean>(consentName(endpoint), false);
  }

  /** Asks once, showing both origins, then binds the stored key to the new one, or records the consent. */
  async allow(endpoint: Endpoint): Promise<void> {
    const { stored, ownerOf, needsConsent, workspaceState } = this.#ports;
    const owner = ownerOf(endpoint);
    const isUnasked = needsConsent(endpoint) && !this.hasConsent(endpoint);
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
      await workspaceState.update(consentName(endpoint), true);
    } else {
      await this.bind(endpoint);
    }
  }

  /** Binds the stored key to the origin of this endpoint, and keeps a consent given for another; the person has agreed already. */
  async bind(endpoint: Endpoint): Promise<void> {
    const { stored, ownerOf, needsConsent, workspaceState } = this.#ports;
    const owner = ownerOf(endpoint);
    const key = await stored.read(owner);
    if (key !== undefined) {
      const origin = originOf(endpoint.baseUrl) ?? "";
      await storing(stored.write(owner, { ...key, origin, setAtMs: Date.now() }));
    }
    if (needsConsent(endpoint)) {
      await workspaceState.update(consentName(endpoint), true);
    }
  }
}

/** Names the source and everything it could be swapped for: another command or variable asks again. */
function consentName(endpoint: Endpoint): string {
  return `consent:${JSON.stringify([endpoint.id, originOf(endpoint.baseUrl), endpoint.key, endpoint.headers])}`;
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
