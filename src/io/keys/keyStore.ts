/** Keys in the editor's secret storage, each bound to the origin it was entered for. */

import * as v from "valibot";

import { parseJson } from "../../core/diagnosis/errorEnvelope.ts";
import type { KeyOwner, KeyStore, StoredKey } from "../../core/ports.ts";

/** `vscode.SecretStorage`, as far as we use it. */
export interface SecretStore {
  get(name: string): PromiseLike<string | undefined>;
  store(name: string, value: string): PromiseLike<void>;
  delete(name: string): PromiseLike<void>;
}

/** `vscode.Memento`, as far as we use it: when which key was stored, not the key. */
export interface StoredNames {
  get(name: string): unknown;
  update(name: string, value: unknown): PromiseLike<void>;
}

const nowhere: StoredNames = { get: () => undefined, update: () => Promise.resolve() };

const storedKey = v.object({ value: v.string(), origin: v.string(), setAtMs: v.number() });

export function createKeyStore(secrets: SecretStore, names: StoredNames = nowhere): KeyStore {
  return {
    read: (owner) => readKey(secrets, entryName(owner)),
    async write(owner, key) {
      await secrets.store(entryName(owner), JSON.stringify(key));
      await names.update(`stored:${entryName(owner)}`, key.setAtMs);
    },
    async clear(owner) {
      await secrets.delete(entryName(owner));
      await names.update(`stored:${entryName(owner)}`, undefined);
    },
    async isForgotten(owner) {
      const wasStored = names.get(`stored:${entryName(owner)}`) !== undefined;
      return wasStored && (await secrets.get(entryName(owner))) === undefined;
    },
    readNext: (owner) => readKey(secrets, nextName(owner)),
    async writeNext(owner, key) {
      await secrets.store(nextName(owner), JSON.stringify(key));
    },
    async clearNext(owner) {
      await secrets.delete(nextName(owner));
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
    async hasNamed(name) {
      return (await secrets.get(`qwen.named.${name}`)) !== undefined;
    },
    async clearNamed(name) {
      await secrets.delete(`qwen.named.${name}`);
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

async function readKey(secrets: SecretStore, name: string): Promise<StoredKey | undefined> {
  const text = await secrets.get(name);
  const parsed = v.safeParse(storedKey, text === undefined ? undefined : parseJson(text));
  return parsed.success ? parsed.output : undefined;
}

/** An id begins with a letter or a digit, so no key in use has such a name. */
function nextName(owner: KeyOwner): string {
  return entryName(owner).replace("qwen.key.", "qwen.key.next.");
}

function entryName({ endpointId, workspaceId }: KeyOwner): string {
  return workspaceId === undefined
    ? `qwen.key.user.${endpointId}`
    : // An id holds no "@", so no two owners share a name.
      `qwen.key.workspace.${endpointId}@${workspaceId}`;
}
