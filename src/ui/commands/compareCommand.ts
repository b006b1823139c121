/** Compare Models… : which, and what to ask them. */

import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import type { RunRecord } from "../../shared/runRecord.ts";
import type { RunDependencies } from "../runs/runDependencies.ts";

export function compareFromCommand(
  _targets: unknown,
  _prompt: unknown,
  _store: EndpointStore,
  _dependencies: RunDependencies,
): Promise<readonly RunRecord[] | undefined> {
  return Promise.resolve(undefined);
}
