/** What an endpoint may send: its key and its headers, read from their sources and made known to the redactor. */

import { originOf } from "../../core/endpoint/baseUrl.ts";
import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import { keyBinding, variableBinding, variablesOf } from "../../core/keys/binding.ts";
import { failureReason, type KeyFailure } from "../../core/keys/keyFailure.ts";
import { nameSource } from "../../core/keys/keyLabel.ts";
import { consentObstacle, obstacleTo, type Obstacle } from "../../core/keys/obstacle.ts";
import { openHeaders } from "../../core/keys/secretHeaders.ts";
import type {
  Agreements,
  Credentials,
  Keychain,
  KeyOwner,
  KeyReading,
  KeyStore,
  KeyVault,
  StoredKey,
} from "../../core/ports.ts";
import { filledHeaders, filledPassphrase } from "./filledTemplates.ts";
import { printedKeys } from "./printedKeys.ts";
import { type KeySources, longestKey, readKeySource, readVariable } from "./keySources.ts";
import type { Workspace } from "./workspace.ts";

interface VaultPorts {
  readonly store: KeyStore;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly keychain: Keychain;
  readonly redactor: Redactor;
  readonly workspace: Workspace;
  readonly agreements: Agreements;
  /** Milliseconds on a clock that only goes forward, for what is kept of commands. */
  readonly now?: () => number;
}

/** Decides first and reads then: without consent, trust, origin and way no file is opened and no command run. */
export function endpointVault(ports: VaultPorts): KeyVault {
  const commands = printedKeys(longestKey, ports.now ?? (() => performance.now()));
  return {
    async read(endpoint): Promise<Credentials> {
      const workspace = ports.workspace.isTrusted() ? "trusted" : "untrusted";
      const consent = consentObstacle(endpoint, { agreements: ports.agreements, workspace });
      if (consent !== undefined) {
        return withheld(endpoint, consent);
      }
      const owner = ownerOf(endpoint, ports.workspace.id);
      const stored = endpoint.key.from === "secret" ? ports.store.read(owner) : Promise.resolve(undefined);
      const storedOrigin = (await stored.catch(() => undefined))?.origin;
      const obstacle = obstacleTo(endpoint, { ...ports, owner, storedOrigin });
      const read =
        obstacle === undefined
          ? await readAll(endpoint, owner, stored, { ...ports, commands })
          : withheld(endpoint, obstacle);
      // Another reading may have bound the source to another origin while a program took its time.
      const late = obstacle ?? obstacleTo(endpoint, { ...ports, owner, storedOrigin });
      const credentials = late === undefined ? read : withheld(endpoint, late);
      return endpoint.scope === "workspace" ? { ...credentials, consent: "given" } : credentials;
    },
    refused({ key: source }, key) {
      if (source.from === "command") {
        commands.refused(source, key);
      }
    },
  };
}

/** A key entered for a workspace's endpoint is kept apart from the user's own of the same id. */
export function ownerOf({ id, scope }: Endpoint, workspaceId: string | undefined): KeyOwner {
  return scope === "workspace" ? { endpointId: id, workspaceId: workspaceId ?? "" } : { endpointId: id };
}

/** In Restricted Mode nothing of a workspace's endpoint is used. */
function withheld(endpoint: Endpoint, obstacle: Obstacle): Credentials {
  return { key: obstacle, headers: obstacle.kind === "failed" ? {} : openHeaders(endpoint) };
}

type Reading = VaultPorts & KeySources;

async function readAll(
  endpoint: Endpoint,
  owner: KeyOwner,
  stored: Promise<StoredKey | undefined>,
  ports: Reading,
): Promise<Credentials> {
  const key = await readSafely(endpoint, owner, stored, ports);
  if (key.kind === "key") {
    ports.redactor.know(key.value);
    ports.redactor.know(key.value.trim());
  }
  const headers = await filledHeaders(endpoint, ports);
  const passphrase = await filledPassphrase(endpoint, ports);
  if (endpoint.scope === "user") {
    await bindUsed(endpoint, owner, key, ports);
  }
  return { key, headers, ...(passphrase === undefined ? {} : { passphrase }) };
}

async function readSafely(
  endpoint: Endpoint,
  owner: KeyOwner,
  stored: Promise<StoredKey | undefined>,
  ports: Reading,
): Promise<KeyReading> {
  try {
    const reading = await readKeySource(endpoint, await stored, ports);
    const isMissed = reading.kind === "missing" && endpoint.key.from === "secret";
    return isMissed && (await ports.store.isForgotten(owner))
      ? { kind: "failed", where: reading.where, reason: "forgotten" satisfies KeyFailure }
      : reading;
  } catch (error) {
    return { kind: "failed", where: nameSource(endpoint.key), reason: failureReason(error) };
  }
}

/** From now on what was found is for this origin. A source that held nothing was not used. */
async function bindUsed(endpoint: Endpoint, owner: KeyOwner, key: KeyReading, ports: Reading): Promise<void> {
  const { agreements, env } = ports;
  const own = key.kind === "key" ? keyBinding(endpoint.key, owner) : undefined;
  const filled = variablesOf(endpoint)
    .filter((name) => (readVariable(name, env) ?? "") !== "")
    .map((name) => variableBinding(name, owner));
  for (const name of new Set(own === undefined ? filled : [own, ...filled])) {
    if (agreements.boundOrigin(name) === undefined) {
      await agreements.bind(name, originOf(endpoint.baseUrl) ?? "");
    }
  }
}
