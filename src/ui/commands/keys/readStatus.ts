/** What may be shown of an endpoint's key now. */

import type { Endpoint } from "../../../core/endpoint/endpoint.ts";
import { keyStatus, type KeyStatus } from "../../../core/keys/keyStatus.ts";
import type { KeyDependencies } from "./keyDependencies.ts";

/** Never rejects: a secret storage that fails is a status too. */
export async function readStatus(
  endpoint: Endpoint,
  { vault, keys }: Pick<KeyDependencies, "vault" | "keys">,
): Promise<KeyStatus> {
  const [{ key }, next] = await Promise.all([
    vault.read(endpoint),
    keys.next(endpoint).catch(() => undefined),
  ]);
  return keyStatus(endpoint, key, next);
}
