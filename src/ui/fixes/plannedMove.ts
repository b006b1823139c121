/** The plan for an entry's keys, with names that no other secret has. */

import { type KeyMove, planMove } from "../../core/endpoint/moveKeys.ts";
import type { KeyKeeper } from "../keys/keyKeeper.ts";
import type { RawEntry } from "../settings/endpointSettings.ts";

export async function plannedMove(entry: RawEntry, id: string, keys: KeyKeeper): Promise<KeyMove> {
  const free = new Map<string, string>();
  for (const { name } of planMove(entry, id).named) {
    free.set(name, await keys.freeName(name));
  }
  return planMove(entry, id, (name) => free.get(name) ?? name);
}
