/** A pasted key, freed of what people paste along with it. */

import type { FindingCode } from "../diagnosis/finding.ts";
import { keyProblem } from "../diagnosis/judgeKey.ts";

export type KeyChange = "whitespace" | "quotes" | "bearer" | "assignment";

export type CleanedKey =
  | { readonly kind: "clean"; readonly key: string; readonly changes: readonly KeyChange[] }
  | { readonly kind: "refused"; readonly code: FindingCode };

/** Never guesses inside the key: only what stands around it goes. */
export function cleanKey(pasted: string): CleanedKey {
  const changes: KeyChange[] = [];
  let key = pasted;
  const strip = (pattern: RegExp, change: KeyChange): void => {
    const stripped = key.replace(pattern, "");
    if (stripped !== key) {
      changes.push(change);
      key = stripped;
    }
  };
  strip(/^\s+|\s+$/g, "whitespace");
  strip(/^(export\s+[A-Za-z_]\w*|[A-Z][A-Z0-9_]{2,})=(?=[^\s=])/, "assignment");
  strip(/^["'`]|["'`]$/g, "quotes");
  strip(/^(authorization:\s*)?bearer\s+/i, "bearer");
  strip(/^["'`]|["'`]$/g, "quotes");
  strip(/^\s+|\s+$/g, "whitespace");
  const code = keyProblem(key);
  return code === undefined ? { kind: "clean", key, changes } : { kind: "refused", code };
}
