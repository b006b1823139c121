/** The shape of a rung: gather asks the world, judge reads what came back. */

import type { Endpoint, Task } from "../endpoint/endpoint.ts";
import type { ModelInfo } from "../endpoint/modelList.ts";
import type { Address, Clock, Credentials, Http, HttpOutcome, Sockets } from "../ports.ts";
import type { ServerId } from "../servers/serverId.ts";
import type { ChatHabits } from "./chatHabits.ts";
import type { Finding } from "./finding.ts";
import type { Depth, RungId, Variation } from "./report.ts";

export interface DiagnosisPorts {
  readonly http: Http;
  readonly sockets: Sockets;
  readonly clock: Clock;
}

/** What is diagnosed, and how it is reached. */
export interface Subject {
  readonly endpoint: Endpoint;
  readonly credentials: Credentials;
  /** What it is used for: the rungs of these tasks are climbed. Never empty. */
  readonly tasks: readonly Task[];
  /** `guessed`: nobody named a task, so what the server serves may change it. */
  readonly taskChoice: "named" | "guessed";
  readonly depth: Depth;
  /** The proxy requests go through; the layers below HTTP are then the proxy's, and not probed. */
  readonly proxy?: string;
  /** `host:port` of a proxy that is configured, but not used for this endpoint. */
  readonly otherProxy?: string;
  /** Which machine the requests leave from, in words. */
  readonly machine: string;
  /** Is that machine the one the person sits at? Absent where nobody knows. */
  readonly machineIs?: "local" | "remote";
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
  readonly server?: { readonly id: ServerId; readonly name: string; readonly version?: string };
  /** The tasks to climb, where what is served says others than were guessed. */
  readonly tasks?: readonly Task[];
  /** The model to ask for each task. */
  readonly chosen?: Readonly<Partial<Record<Task, string>>>;
  /** Paths of `/openapi.json`, where it was asked for. */
  readonly routes?: readonly string[];
  /** How the chat route wants to be asked; set once it has answered. */
  readonly chatHabits?: ChatHabits;
}

/** Evidence → verdict. `skipped` says that the rung does not apply; findings decide the rest. */
export interface Judgement {
  readonly status?: "skipped";
  readonly evidence: readonly string[];
  readonly findings: readonly Finding[];
  readonly learned?: Learned;
}

/** What looking for the fix brought: the neighbours tried, and the findings with what was learned from them. */
export interface Varied {
  readonly variations: readonly Variation[];
  /** Replace those of the judgement. */
  readonly findings: readonly Finding[];
  readonly learned?: Learned;
}

/**
 * One rung. `gather` asks ports and returns evidence, faults included; it never throws for what a network does.
 * `judge` is pure, so that every failure seen in the wild is a fixture and a branch.
 */
export interface Step<Evidence> {
  readonly id: RungId;
  /** Climbed for this task alone. A blocker then ends the rungs of this task, and the next task's are climbed. */
  readonly task?: Task;
  /** `full`: left out of a basic test, because it costs more than one short request. */
  readonly depth?: Depth;
  gather(subject: Subject, learned: Learned, ports: DiagnosisPorts, signal: AbortSignal): Promise<Evidence>;
  judge(evidence: Evidence, subject: Subject, learned: Learned): Judgement;
  /** Called when the judgement holds a blocker. At most a handful of requests; a key goes to no other origin. */
  vary?(
    judgement: Judgement,
    subject: Subject,
    learned: Learned,
    ports: DiagnosisPorts,
    signal: AbortSignal,
  ): Promise<Varied>;
}

/** A step with its evidence type closed over, so that steps of different evidence fit one list. */
export interface AnyStep {
  readonly id: RungId;
  readonly task?: Task;
  readonly depth?: Depth;
  climb(subject: Subject, learned: Learned, ports: DiagnosisPorts, signal: AbortSignal): Promise<Judgement>;
  vary?(
    judgement: Judgement,
    subject: Subject,
    learned: Learned,
    ports: DiagnosisPorts,
    signal: AbortSignal,
  ): Promise<Varied>;
}

export function asStep<Evidence>(step: Step<Evidence>): AnyStep {
  const { id, task, depth } = step;
  return {
    id,
    ...(task === undefined ? {} : { task }),
    ...(depth === undefined ? {} : { depth }),
    ...(step.vary === undefined
      ? {}
      : {
          vary: async (judgement, subject, learned, ports, signal) =>
            (await step.vary?.(judgement, subject, learned, ports, signal)) ?? {
              variations: [],
              findings: judgement.findings,
            },
        }),
    climb: async (subject, learned, ports, signal) =>
      step.judge(await step.gather(subject, learned, ports, signal), subject, learned),
  };
}
