/** Names a key without giving it away: its source and its last four characters. */

import type { KeySource } from "../endpoint/endpoint.ts";
import type { KeyReading } from "../ports.ts";

/** Of a shorter key the last four would be too much of it. */
const shortestShown = 12;

/** `…abcd`, or `…` for a key too short to show any of it. */
export function lastFour(key: string): string {
  return key.length < shortestShown ? "…" : `…${key.slice(-4)}`;
}

/** Names a source for a person; never its content. */
export function nameSource(key: KeySource): string {
  switch (key.from) {
    case "env":
      return key.file === undefined ? `env ${key.name}` : `env ${key.name} (${key.file})`;
    case "file":
      return `file ${key.path}`;
    case "command":
      return `command ${key.command[0] ?? ""}`;
    case "keychain":
      return `keychain ${key.service}/${key.account}`;
    default:
      return key.from;
  }
}

/** `secret …abcd`, `env DASHSCOPE_API_KEY …abcd`, `none`, or `secret (missing)`. */
export function keyLabel(source: KeySource, reading: KeyReading): string {
  const name = nameSource(source);
  if (reading.kind === "key") {
    return `${name} ${lastFour(reading.value.trim())}`;
  }
  return reading.kind === "none" ? "none" : `${name} (${reading.kind})`;
}
