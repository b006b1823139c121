/** What may be shown of a key: where it comes from, its last four characters, and when it was set. */

import type { Endpoint } from "../endpoint/endpoint.ts";
import type { KeyReading } from "../ports.ts";
import { lastFour, nameSource } from "./keyLabel.ts";

export interface KeyStatus {
  /** As `nameSource`. */
  readonly source: string;
  readonly state: KeyReading["kind"];
  /** `…abcd`; absent where there is no key. */
  readonly lastFour?: string;
  /** Milliseconds since 1970; absent where the source does not know. */
  readonly setAtMs?: number;
}

export function keyStatus({ key: source }: Pick<Endpoint, "key">, reading: KeyReading): KeyStatus {
  return {
    source: nameSource(source),
    state: reading.kind,
    ...(reading.kind === "key" ? { lastFour: lastFour(reading.value.trim()) } : {}),
    ...(reading.kind === "key" && reading.setAtMs !== undefined ? { setAtMs: reading.setAtMs } : {}),
  };
}
