/** Which served ids to offer in place of a wrong one. */

import type { ModelInfo } from "../endpoint/modelList.ts";
import { nearestModels } from "./nearestModels.ts";

/** Those loaded from what was asked for; the nearest; and where there is one model only, that one. Never the wrong id itself. */
export function suggestModels(wanted: string, served: readonly ModelInfo[]): readonly string[] {
  const loadedFrom = served.filter(({ root }) => root === wanted).map(({ id }) => id);
  const ids = served.map(({ id }) => id);
  const only = ids.length === 1 ? ids : [];
  return [...new Set([...loadedFrom, ...nearestModels(wanted, ids), ...only])]
    .filter((id) => id !== wanted)
    .slice(0, 3);
}
