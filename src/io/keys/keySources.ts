/** Reads a key from where the endpoint says it is. A source a row. */

import type { Endpoint, KeySource } from "../../core/endpoint/endpoint.ts";
import { nameSource } from "../../core/keys/keyLabel.ts";
import type { Keychain, KeyReading, StoredKey } from "../../core/ports.ts";
import type { PrintedKeys } from "./printedKeys.ts";
import { readSmallFile } from "../smallFile.ts";
import { sourcePath } from "./sourcePath.ts";
import type { Workspace } from "./workspace.ts";

/** No key is longer; a file or a command that gives more is not a key's. */
export const longestKey = 65_536;

export interface KeySources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly keychain: Keychain;
  readonly commands: PrintedKeys;
  readonly workspace: Workspace;
}

/** Rejects for what a source refuses; the caller turns that into a reading. `stored` is what the secret storage holds. */
export async function readKeySource(
  { key, scope }: Pick<Endpoint, "key" | "scope">,
  stored: StoredKey | undefined,
  sources: KeySources,
): Promise<KeyReading> {
  switch (key.from) {
    case "none":
      return { kind: "none" };
    case "secret":
      return stored === undefined
        ? { kind: "missing", where: nameSource(key) }
        : { kind: "key", value: stored.value, setAtMs: stored.setAtMs };
    case "env":
      return key.file === undefined
        ? present(readVariable(key.name, sources.env), nameSource(key))
        : readEnvFrom(key.file, key, scope, sources);
    case "file": {
      const path = await sourcePath(key.path, scope, sources.workspace);
      return path === undefined
        ? noFolder(key)
        : present((await readSmallFile(path, longestKey)).bytes.toString("utf8"), nameSource(key));
    }
    case "command":
      return present(await sources.commands.read(key), nameSource(key));
    case "keychain":
      return present(await sources.keychain.read(key.service, key.account), nameSource(key));
  }
}

/** Only what is a variable: the environment inherits `constructor` and the like from every object. */
export function readVariable(name: string, env: KeySources["env"]): string | undefined {
  const value: unknown = env[name];
  return typeof value === "string" ? value : undefined;
}

async function readEnvFrom(
  file: string,
  key: Extract<KeySource, { from: "env" }>,
  scope: Endpoint["scope"],
  { workspace }: KeySources,
): Promise<KeyReading> {
  const path = await sourcePath(file, scope, workspace);
  if (path === undefined) {
    return noFolder(key);
  }
  const { readEnvFile } = await import("./envFile.ts");
  return present(await readEnvFile(path, key.name), nameSource(key));
}

function noFolder(key: KeySource): KeyReading {
  return { kind: "missing", where: `${nameSource(key)}: no folder is open` };
}

/** Files and commands end their output with a newline that is no part of the key, and Windows begins files with a byte order mark. */
function present(value: string | undefined, where: string): KeyReading {
  const text = (value ?? "").replace(/^\ufeff/, "");
  // Counted by hand: `[\r\n]+$` tries every line break of a long text anew, which takes half a minute for 64 KB of them.
  let end = text.length;
  while (text[end - 1] === "\n" || text[end - 1] === "\r") {
    end--;
  }
  const trimmed = text.slice(0, end);
  return trimmed === "" ? { kind: "missing", where } : { kind: "key", value: trimmed };
}
