/** The sources of a user's endpoint that keep no origin by themselves: they are bound to the one they were first used for. */

import type { Endpoint, KeySource } from "../endpoint/endpoint.ts";
import type { KeyOwner } from "../ports.ts";
import { templatesIn } from "./templates.ts";

/** A name for each source; another variable, path, command or entry is another name. Stored secrets have their origin with them. */
export function bindingNames(endpoint: Endpoint, owner: KeyOwner): readonly string[] {
  const key = keyBinding(endpoint.key, owner);
  const filled = variablesOf(endpoint).map((name) => variableBinding(name, owner));
  return [...new Set(key === undefined ? filled : [key, ...filled])];
}

/** Of the key's own source; undefined where the key is stored with its origin, or there is none. */
export function keyBinding(key: KeySource, owner: KeyOwner): string | undefined {
  switch (key.from) {
    case "env":
      return key.file === undefined
        ? variableBinding(key.name, owner)
        : bindingName(owner, ["env", key.name, key.file]);
    case "file":
      return bindingName(owner, ["file", key.path]);
    case "command":
      return bindingName(owner, ["command", ...key.command]);
    case "keychain":
      return bindingName(owner, ["keychain", key.service, key.account]);
    default:
      return undefined;
  }
}

export function variableBinding(variable: string, owner: KeyOwner): string {
  return bindingName(owner, ["env", variable]);
}

/** Environment variables that headers and passphrase are filled with. */
export function variablesOf({ headers, tls }: Pick<Endpoint, "headers" | "tls">): readonly string[] {
  const templates = [...Object.values(headers), tls.passphrase ?? ""].flatMap(templatesIn);
  return templates.filter(({ from }) => from === "env").map(({ name }) => name);
}

function bindingName({ endpointId, workspaceId }: KeyOwner, source: readonly string[]): string {
  return JSON.stringify([endpointId, workspaceId ?? null, ...source]);
}
