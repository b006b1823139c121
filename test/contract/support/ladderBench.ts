import assert from "node:assert/strict";
import type { Finding, Fix } from "../../../src/core/diagnosis/finding.ts";
import { diagnose } from "../../../src/core/diagnosis/ladder.ts";
import type { Report, RungId, Variation } from "../../../src/core/diagnosis/report.ts";
import type { AnyStep, DiagnosisPorts, Subject } from "../../../src/core/diagnosis/step.ts";
import { steps } from "../../../src/core/diagnosis/steps/index.ts";
import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import { asked, keyed, unaborted } from "./endpoints.ts";

/** The key of every climb, unless its test is about another. */
export const secret = "sk-test-of-the-ladder";

export interface Climb {
  readonly subject?: Partial<Subject>;
  readonly ports?: Partial<DiagnosisPorts>;
  /** Takes the place of the rung with its id. */
  readonly step?: AnyStep;
}

export interface LadderBench {
  /** Closed after the test, however it ends. */
  readonly started: <T extends { close(): Promise<void> }>(server: Promise<T>) => Promise<T>;
  /** The last report of a basic test for chat. */
  readonly climb: (endpoint: Endpoint, changes?: Climb) => Promise<Report>;
}

/** Call it in a `describe`: the ladder over real sockets, which are closed after each test. */
export function ladderBench(): LadderBench {
  let http: NodeHttp;
  const running: { close(): Promise<void> }[] = [];
  beforeEach(() => {
    http = nodeHttp();
  });
  afterEach(async () => {
    http.dispose();
    await Promise.all(running.splice(0).map((server) => server.close()));
  });
  return {
    started: async (server) => {
      running.push(await server);
      return server;
    },
    climb: async (endpoint, { subject = {}, ports = {}, step } = {}) => {
      const whole: Subject = {
        endpoint,
        credentials: keyed(secret),
        tasks: ["chat"],
        depth: "basic",
        ...asked,
        ...subject,
      };
      const rungs = steps.map((each) => (each.id === step?.id ? step : each));
      const all = { http, sockets: nodeSockets(), clock: nodeClock, ...ports };
      let last: Report | undefined;
      for await (const report of diagnose(rungs, whole, all, unaborted())) {
        last = report;
      }
      assert.ok(last !== undefined);
      assert.doesNotMatch(JSON.stringify(last), new RegExp(secret), "the key is in the report");
      return last;
    },
  };
}

/** The finding that ended the climb, which must be this one. */
export function blockerIn(report: Report, code: string): Finding {
  const [finding] = report.findings;
  const told = JSON.stringify(report.findings, undefined, 2);
  assert.deepEqual([finding?.code, finding?.severity], [code, "blocker"], told);
  assert.ok(finding !== undefined && finding.evidence.length > 0 && finding.fixes.length > 0, told);
  return finding;
}

/** The base URL of the first fix, which must set one. */
export function offeredBaseUrl({ fixes }: Finding): string {
  const [first] = fixes;
  assert.ok(first?.kind === "set-base-url", JSON.stringify(fixes));
  return first.baseUrl;
}

/** Every base URL that the fixes would set. */
export function baseUrlsIn(fixes: readonly Fix[]): readonly string[] {
  return fixes.flatMap((fix) => (fix.kind === "set-base-url" ? [fix.baseUrl] : []));
}

export function variationsOf(report: Report, id: RungId): readonly Variation[] {
  return report.rungs.find((rung) => rung.id === id)?.variations ?? [];
}

/** Did this rung let the climb go on? */
export function assertUnblocked(report: Report, id: RungId): void {
  const rung = report.rungs.find((each) => each.id === id);
  assert.ok(
    rung !== undefined && rung.status !== "failed" && rung.status !== "not-reached",
    JSON.stringify(report.findings),
  );
}
