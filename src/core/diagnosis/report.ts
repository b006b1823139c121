/** What a test of an endpoint returns: to the panel rung by rung, to a program as one JSON value. */

import type { Task } from "../endpoint/endpoint.ts";
import type { Finding } from "./finding.ts";

/** The rungs in the order they are climbed. */
export const rungIds = [
  "address",
  "name",
  "connect",
  "tls",
  "http",
  "auth",
  "models",
  "model",
  "request",
] as const;
export type RungId = (typeof rungIds)[number];

/** `skipped`: does not apply to this endpoint (TLS of a plain address). `not-reached`: a rung below failed. */
export type RungStatus = "running" | "passed" | "warned" | "failed" | "skipped" | "not-reached";

export interface Rung {
  readonly id: RungId;
  readonly status: RungStatus;
  readonly durationMs: number;
  /** What was sent and what came back, a line each, secrets removed. */
  readonly evidence: readonly string[];
  readonly findings: readonly Finding[];
}

export interface Report {
  readonly endpointId: string;
  readonly endpointName: string;
  readonly baseUrl: string;
  readonly task: Task;
  /** The model the request rung asked for; absent when there was none to ask. */
  readonly model?: string;
  /** The server software, where it gave itself away. */
  readonly server?: string;
  /** Which machine the requests left from ("this computer", "ssh-remote", …). */
  readonly machine: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly verdict: "healthy" | "warnings" | "failed" | "cancelled";
  readonly rungs: readonly Rung[];
  readonly findings: readonly Finding[];
}
