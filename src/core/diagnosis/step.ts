/** The shape of a rung: gather asks the world, judge reads what came back. */

import type { Endpoint, Task } from "../endpoint/endpoint.ts";
import type { ModelInfo } from "../endpoint/modelList.ts";
import type { Address, Clock, Credentials, Http, HttpOutcome, Sockets } from "../ports.ts";
import type { Finding } from "./finding.ts";
import type { RungId } from "./report.ts";

export interface DiagnosisPorts {
  readonly http: Http;
  readonly sockets: Sockets;
  readonly clock: Clock;
}

/** What is diagnosed, and how it is reached. */
export interface Subject {
  readonly endpoint: Endpoint;
  readonly credentials: Credentials;
  readonly task: Task;
  /** `guessed`: nobody named the task, so what the server serves may change it. */
  readonly taskChoice: "named" | "guessed";
  /** The proxy requests go through; the layers below HTTP are then the proxy's, and not probed. */
  readonly proxy?: string;
  /** Which machine the requests leave from, in words. */
  readonly machine: string;
  /** Its system, as Node names it (`linux`, `darwin`, `win32`): commands to copy differ. */
  readonly platform: string;
}

/** What earlier rungs found out, for later ones. */
export interface Learned {
  readonly addresses?: readonly Address[];
  /** The address that took a connection. */
  readonly reached?: Address;
  readonly models?: HttpOutcome;
  /** Absent when the server has no list. */
  readonly served?: readonly ModelInfo[];
  readonly server?: string;
  /** The task of the request rung, where what is served says another than was guessed. */
  readonly task?: Task;
  /** The model the request rung asks for. */
  readonly model?: string;
}

/** Evidence → verdict. `skipped` says that the rung does not apply; findings decide the rest. */
export interface Judgement {
  readonly status?: "skipped";
  readonly evidence: readonly string[];
  readonly findings: readonly Finding[];
  readonly learned?: Learned;
}

/**
 * One rung. `gather` asks ports and returns evidence, faults included; it never throws for what a network does.
 * `judge` is pure, so that every failure seen in the wild is a fixture and a branch.
 */
export interface Step<Evidence> {
  readonly id: RungId;
  gather(subject: Subject, learned: Learned, ports: DiagnosisPorts, signal: AbortSignal): Promise<Evidence>;
  judge(evidence: Evidence, subject: Subject, learned: Learned): Judgement;
}

/** A step with its evidence type closed over, so that steps of different evidence fit one list. */
export interface AnyStep {
  readonly id: RungId;
  climb(subject: Subject, learned: Learned, ports: DiagnosisPorts, signal: AbortSignal): Promise<Judgement>;
}

export function asStep<Evidence>(step: Step<Evidence>): AnyStep {
  return {
    id: step.id,
    climb: async (subject, learned, ports, signal) =>
      step.judge(await step.gather(subject, learned, ports, signal), subject, learned),
  };
}
