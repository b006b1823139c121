/** What we know of an endpoint from background checks and tests. */

import type { Finding } from "../diagnosis/finding.ts";
import type { KeyStatus } from "../keys/keyStatus.ts";
import type { ModelInfo } from "./modelList.ts";

/** `attention`: it answers, but something is wrong or unknown. `down`: it can not be used as configured. */
export type HealthState = "unknown" | "up" | "attention" | "down";

export interface Health {
  readonly state: HealthState;
  readonly activity: "idle" | "checking";
  /** Of the check's request, from sending to the whole reply. */
  readonly latencyMs?: number;
  /** Milliseconds since 1970. */
  readonly checkedAtMs?: number;
  /** Absent when the server has no list of models. */
  readonly models?: readonly ModelInfo[];
  readonly server?: string;
  /** As the check found it. */
  readonly key?: KeyStatus;
  readonly findings: readonly Finding[];
  /** Checks in a row that ended `down`; what the back-off grows with. */
  readonly failures: number;
}

export const unknownHealth: Health = { state: "unknown", activity: "idle", findings: [], failures: 0 };

/** A blocker is down, a warning wants attention, a note changes nothing. */
export function stateOf(findings: readonly Finding[]): HealthState {
  if (findings.some(({ severity }) => severity === "blocker")) {
    return "down";
  }
  return findings.some(({ severity }) => severity === "warning") ? "attention" : "up";
}
