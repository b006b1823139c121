/** The finding of keys that stand in the settings: known without a request. */

import type { Endpoint, ExposedKey } from "../endpoint/endpoint.ts";
import type { Finding } from "./finding.ts";

/** One for all places of the entry, for one fix moves them all. */
export function judgeExposed({ exposed }: Pick<Endpoint, "exposed">): readonly Finding[] {
  return exposed.length === 0
    ? []
    : [
        {
          code: "auth.in-settings",
          severity: "warning",
          evidence: exposed.map(placeName),
          fixes: [{ kind: "move-key-to-secret" }, { kind: "open-settings" }],
        },
      ];
}

/** As the settings write it: `headers.Authorization`. */
export function placeName(at: ExposedKey): string {
  return at.place === "header" ? `headers.${at.name}` : at.place === "key" ? (at.name ?? "key") : "baseUrl";
}
