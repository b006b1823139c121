/** Reads a key from where the endpoint says it is. A source a row. */

import { execFile } from "node:child_process";
import { open } from "node:fs/promises";
import { homedir } from "node:os";
import { promisify } from "node:util";

import { originOf } from "../../core/endpoint/baseUrl.ts";
import type { Endpoint, KeySource } from "../../core/endpoint/endpoint.ts";
import { nameSource } from "../../core/keys/keyLabel.ts";
import type { Keychain, KeyOwner, KeyReading, KeyStore } from "../../core/ports.ts";

/** No key is longer; a file or a command that gives more is not a key's. */
const longestKey = 65_536;

export interface KeySources {
  readonly store: KeyStore;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly keychain: Keychain;
}

/** Rejects for what a source refuses; the caller turns that into a reading. */
export async function readKeySource(
  endpoint: Endpoint,
  owner: KeyOwner,
  sources: KeySources,
): Promise<KeyReading> {
  const { key } = endpoint;
  switch (key.from) {
    case "none":
      return { kind: "none" };
    case "secret":
      return readStored(endpoint, owner, sources.store);
    case "env":
      return present(sources.env[key.name], key);
    case "file":
      return present(await readStart(key.path), key);
    case "command":
      return present(await run(key.command, key.timeoutSeconds), key);
    case "keychain":
      return present(await sources.keychain.read(key.service, key.account), key);
  }
}

async function readStored(endpoint: Endpoint, owner: KeyOwner, store: KeyStore): Promise<KeyReading> {
  const stored = await store.read(owner);
  if (stored === undefined) {
    return { kind: "missing", where: nameSource(endpoint.key) };
  }
  return stored.origin === originOf(endpoint.baseUrl)
    ? { kind: "key", value: stored.value, setAtMs: stored.setAtMs }
    : { kind: "other-origin", origin: stored.origin };
}

/** Files and commands end their output with a newline that is no part of the key, and Windows begins files with a byte order mark. */
function present(value: string | undefined, key: KeySource): KeyReading {
  const trimmed = (value ?? "").replace(/^\ufeff|[\r\n]+$/g, "");
  return trimmed === "" ? { kind: "missing", where: nameSource(key) } : { kind: "key", value: trimmed };
}

async function readStart(path: string): Promise<string> {
  const file = await open(path.replace(/^~(?=[\\/])/, homedir()), "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longestKey), 0, longestKey, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function run(command: readonly string[], timeoutSeconds: number): Promise<string> {
  const [program = "", ...rest] = command;
  const { stdout } = await promisify(execFile)(program, rest, {
    timeout: timeoutSeconds * 1000,
    maxBuffer: longestKey,
    windowsHide: true,
  });
  return stdout;
}
