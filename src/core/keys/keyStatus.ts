/** What may be shown of a key: where it comes from, its last four characters, and when it was set. */

import type { Endpoint } from "../endpoint/endpoint.ts";
import type { KeyReading, StoredKey } from "../ports.ts";
import { lastFour, nameSource } from "./keyLabel.ts";

/** A key that is to replace the one in use once it has passed a test. */
interface WaitingKey {
  readonly lastFour: string;
  /** Milliseconds since 1970. */
  readonly setAtMs: number;
}

export interface KeyStatus {
  /** As `nameSource`. */
  readonly source: string;
  readonly state: KeyReading["kind"];
  /** `…abcd`; absent where there is no key. */
  readonly lastFour?: string;
  /** Milliseconds since 1970; absent where the source does not know. */
  readonly setAtMs?: number;
  /** Of a key that is held back: the origin it is for, or the one it would travel to unencrypted. */
  readonly origin?: string;
  /** The system's code, when the source could not be read. */
  readonly reason?: string;
  readonly waiting?: WaitingKey;
}

export function keyStatus(
  { key: source }: Pick<Endpoint, "key">,
  reading: KeyReading,
  next?: StoredKey,
): KeyStatus {
  return {
    source: nameSource(source),
    state: reading.kind,
    ...(reading.kind === "key" ? { lastFour: lastFour(reading.value.trim()) } : {}),
    ...(reading.kind === "key" && reading.setAtMs !== undefined ? { setAtMs: reading.setAtMs } : {}),
    ...("origin" in reading ? { origin: reading.origin } : {}),
    ...("reason" in reading ? { reason: reading.reason } : {}),
    ...(next === undefined ? {} : { waiting: waitingKey(next) }),
  };
}

function waitingKey({ value, setAtMs }: StoredKey): WaitingKey {
  return { lastFour: lastFour(value), setAtMs };
}
