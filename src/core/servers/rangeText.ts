/** A range in signs that need no translation: `0 ≤ temperature < 2`; empty where nothing is known of it. */

import type { NumberRange } from "./chatParameters.ts";

export function rangeText(name: string, { min, max, above, below }: NumberRange): string {
  const low = min === undefined ? (above === undefined ? "" : `${above} < `) : `${min} ≤ `;
  const high = max === undefined ? (below === undefined ? "" : ` < ${below}`) : ` ≤ ${max}`;
  if (high === "" && low !== "") {
    return min === undefined ? `${name} > ${above ?? ""}` : `${name} ≥ ${min}`;
  }
  return low === "" && high === "" ? "" : `${low}${name}${high}`;
}

export function isWithin(value: number, { min, max, above, below }: NumberRange): boolean {
  return (
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below)
  );
}
