/** Everything that reads and keeps keys, built together: it is one composition for the extension and its tests. */

import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { Agreements, Keychain, KeyOwner, KeyStore, KeyVault } from "../../core/ports.ts";
import { endpointVault, ownerOf } from "./endpointVault.ts";
import { createKeyStore, type SecretStore, type StoredNames } from "./keyStore.ts";
import { systemKeychain } from "./systemKeychain.ts";
import type { Workspace } from "./workspace.ts";

interface KeyWorld {
  readonly secrets: SecretStore;
  /** Outlives the window, whatever becomes of the secrets. */
  readonly names: StoredNames;
  readonly agreements: Agreements;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly redactor: Redactor;
  readonly workspace: Workspace;
}

export interface Keys {
  readonly stored: KeyStore;
  readonly keychain: Keychain;
  readonly vault: KeyVault;
  readonly ownerOf: (endpoint: Endpoint) => KeyOwner;
}

export function openKeys({ secrets, names, agreements, env, redactor, workspace }: KeyWorld): Keys {
  const [stored, keychain] = [createKeyStore(secrets, names), systemKeychain()];
  return {
    stored,
    keychain,
    vault: endpointVault({ store: stored, keychain, env, redactor, agreements, workspace }),
    ownerOf: (endpoint) => ownerOf(endpoint, workspace.id),
  };
}
