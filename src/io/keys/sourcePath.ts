/** Where the path of a key file leads. A workspace's own path stays within its folder. */

import { realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, relative, resolve, sep } from "node:path";

import type { EndpointScope } from "../../core/endpoint/endpoint.ts";
import { KeyFault } from "../../core/keys/keyFailure.ts";
import type { Workspace } from "./workspace.ts";

/** Undefined where a path is relative and no folder is open. Rejects with a `KeyFault` for what must not be read, and for what is not there. */
export async function sourcePath(
  path: string,
  scope: EndpointScope,
  { folder, isTrusted }: Workspace,
): Promise<string | undefined> {
  const wanted = path.replace(/^~(?=[\\/])/, homedir());
  if (!isAbsolute(wanted)) {
    if (!isTrusted()) {
      throw new KeyFault("untrusted-workspace");
    }
    if (folder === undefined) {
      return undefined;
    }
  }
  const whole = resolve(folder ?? sep, wanted);
  return scope === "user" ? whole : withinWorkspace(path, whole, folder);
}

/** What the user consented to is the path that he was shown: `..` and links out of the folder would make it another. */
async function withinWorkspace(path: string, whole: string, folder: string | undefined): Promise<string> {
  if (path.split(/[\\/]/).includes("..")) {
    throw new KeyFault("outside-workspace");
  }
  if (folder === undefined || !isWithin(whole, folder)) {
    return whole;
  }
  const real = await realpath(whole);
  if (!isWithin(real, await realpath(folder))) {
    throw new KeyFault("outside-workspace");
  }
  return real;
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
