/** What a test of an endpoint returns: to the panel rung by rung, to a program as one JSON value. */

import type { Task } from "../endpoint/endpoint.ts";
import type { ServerId } from "../servers/serverId.ts";
import type { Exchange } from "./exchange.ts";
import type { Finding } from "./finding.ts";

/** The rungs in the order they are climbed. Those from `chat` on belong to a task, and stand in a report of that task alone. */
export const rungIds = [
  "address",
  "name",
  "connect",
  "tls",
  "http",
  "server",
  "health",
  "auth",
  "models",
  "model",
  "chat",
  "stream",
  "thinking",
  "tools",
  "structured",
  "embedding",
  "rerank",
] as const;
export type RungId = (typeof rungIds)[number];

/** `skipped`: does not apply to this endpoint (TLS of a plain address). `not-reached`: a rung below failed. */
export type RungStatus = "running" | "passed" | "warned" | "failed" | "skipped" | "not-reached";

/** A neighbour of what failed, tried to find the fix: another path, another address, another scheme. */
export interface Variation {
  /** What was tried, such as `http://127.0.0.1:30000/v1`. */
  readonly what: string;
  /** What came back, such as `200, 3 models` or `ECONNREFUSED`. */
  readonly outcome: string;
  readonly worked: "yes" | "no";
}

export interface Rung {
  readonly id: RungId;
  readonly status: RungStatus;
  readonly durationMs: number;
  /** What was measured, a line each, secrets removed. */
  readonly evidence: readonly string[];
  readonly findings: readonly Finding[];
  readonly variations: readonly Variation[];
  /** What was sent over HTTP and what came back, variations included, in order. */
  readonly exchanges: readonly Exchange[];
  /** Requests that made a model work: they cost tokens or compute. */
  readonly modelRequests: number;
  /** What the OpenAI SDKs would have said instead, a line each with the SDK's name; empty where nothing failed. */
  readonly sdk: readonly string[];
}

export type Depth = "basic" | "full";

export interface Report {
  readonly endpointId: string;
  readonly endpointName: string;
  readonly baseUrl: string;
  /** What was tested, in the order of `tasks`. */
  readonly tasks: readonly Task[];
  /** `basic`: one short request a task. `full`: every check, a dozen short requests for a chat model. */
  readonly depth: Depth;
  /** The model asked for each task; absent when there was none to ask. */
  readonly models: Readonly<Partial<Record<Task, string>>>;
  /** The name of the server software, where it gave itself away. */
  readonly server?: string;
  readonly serverId?: ServerId;
  readonly serverVersion?: string;
  /** Which machine the requests left from ("this computer", "ssh-remote", …). */
  readonly machine: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly verdict: "healthy" | "warnings" | "failed" | "cancelled";
  readonly rungs: readonly Rung[];
  readonly findings: readonly Finding[];
}
