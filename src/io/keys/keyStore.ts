/** Keys in the editor's secret storage, each bound to the origin it was entered for. */

import * as v from "valibot";

import { parseJson } from "../../core/diagnosis/errorEnvelope.ts";

/** `vscode.SecretStorage`, as far as we use it. */
export interface SecretStore {
  get(name: string): PromiseLike<string | undefined>;
  store(name: string, value: string): PromiseLike<void>;
  delete(name: string): PromiseLike<void>;
}

export interface StoredKey {
  readonly value: string;
  /** Scheme, host and port it was entered for. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly setAtMs: number;
}

const storedKey = v.object({ value: v.string(), origin: v.string(), setAtMs: v.number() });

/** Whose key it is: a workspace's endpoint never shares a name with a user's, so it can not borrow the user's key by its id. */
export interface KeyOwner {
  readonly endpointId: string;
  /** Undefined for endpoints of the user's own settings. */
  readonly workspaceId?: string;
}

export interface KeyStore {
  read(owner: KeyOwner): Promise<StoredKey | undefined>;
  write(owner: KeyOwner, key: StoredKey): Promise<void>;
  clear(owner: KeyOwner): Promise<void>;
  /** A named secret for headers (`${secret:NAME}`), where it may go to this origin. */
  readNamed(name: string, origin: string): Promise<string | undefined>;
  /** Stores it for this origin. The same value keeps the origins it had: one secret may serve several endpoints. */
  writeNamed(name: string, value: string, origin: string): Promise<void>;
}

export function createKeyStore(secrets: SecretStore): KeyStore {
  return {
    async read(owner) {
      const text = await secrets.get(entryName(owner));
      const parsed = v.safeParse(storedKey, text === undefined ? undefined : parseJson(text));
      return parsed.success ? parsed.output : undefined;
    },
    async write(owner, key) {
      await secrets.store(entryName(owner), JSON.stringify(key));
    },
    async clear(owner) {
      await secrets.delete(entryName(owner));
    },
    async readNamed(name, origin) {
      const named = await readNamed(secrets, name);
      return named?.origins.includes(origin) === true ? named.value : undefined;
    },
    async writeNamed(name, value, origin) {
      const old = await readNamed(secrets, name);
      const origins = old?.value === value ? [...new Set([...old.origins, origin])] : [origin];
      await secrets.store(`qwen.named.${name}`, JSON.stringify({ value, origins }));
    },
  };
}

const namedSecret = v.object({ value: v.string(), origins: v.array(v.string()) });

async function readNamed(
  secrets: SecretStore,
  name: string,
): Promise<v.InferOutput<typeof namedSecret> | undefined> {
  const text = await secrets.get(`qwen.named.${name}`);
  const parsed = v.safeParse(namedSecret, text === undefined ? undefined : parseJson(text));
  return parsed.success ? parsed.output : undefined;
}

function entryName({ endpointId, workspaceId }: KeyOwner): string {
  return workspaceId === undefined
    ? `qwen.key.user.${endpointId}`
    : // An id holds no "@", so no two owners share a name.
      `qwen.key.workspace.${endpointId}@${workspaceId}`;
}
