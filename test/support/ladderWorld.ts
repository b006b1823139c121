/** All rungs of a test against a world of fakes: which ports answer, and what the routes say. */

import assert from "node:assert/strict";

import { failedRung } from "../../src/core/diagnosis/failedRung.ts";
import { diagnose } from "../../src/core/diagnosis/ladder.ts";
import type { Report } from "../../src/core/diagnosis/report.ts";
import type { Subject } from "../../src/core/diagnosis/step.ts";
import { steps } from "../../src/core/diagnosis/steps/index.ts";
import type { HandshakeOutcome, HttpReply, KeyReading, Sockets } from "../../src/core/ports.ts";
import { anEndpoint, aReply, aSubject, fakeClock, fakeHttp, type FakeHttp, fakeSockets } from "./builders.ts";

export const origin = "http://127.0.0.1:8000";
export const list = `GET ${origin}/v1/models`;
export const chat = `POST ${origin}/v1/chat/completions`;
export const embeddings = `POST ${origin}/v1/embeddings`;
export const rerank = `POST ${origin}/v1/rerank`;

export const answer = aReply({ choices: [{ message: { content: "pong" } }] });
export const notFound = aReply({ detail: "Not Found" }, { status: 404 });
export const key: KeyReading = { kind: "key", value: "sk-1234567890" };

export interface World {
  readonly subject?: Partial<Subject>;
  readonly routes?: Readonly<Record<string, HttpReply>>;
  readonly port?: string;
  readonly handshake?: HandshakeOutcome;
  /** What looking up any name fails with. */
  readonly lookup?: string;
}

const anyHost = { "127.0.0.1": ["127.0.0.1"], "gpu.example": ["10.0.0.1"] };

/** The last report of a test in this world, and what was sent. */
export async function climbAll(world: World): Promise<{ readonly report: Report; readonly http: FakeHttp }> {
  const http = fakeHttp(world.routes ?? {});
  const port = world.port ?? "connected";
  const known = fakeSockets({
    hosts: anyHost,
    ports: { "127.0.0.1 8000": port, "10.0.0.1 443": port },
    ...(world.handshake === undefined ? {} : { handshake: world.handshake }),
  });
  const code = world.lookup;
  const sockets: Sockets =
    code === undefined
      ? known
      : { ...known, lookup: () => Promise.resolve({ kind: "fault", code, durationMs: 1 }) };
  const subject = aSubject({ endpoint: anEndpoint({ baseUrl: `${origin}/v1` }), ...world.subject });
  let report: Report | undefined;
  const ports = { http, sockets, clock: fakeClock() };
  for await (const each of diagnose(steps, subject, ports, new AbortController().signal)) {
    report = each;
  }
  return { report: report!, http };
}

export const endpointWith = (
  model: string,
  task: "chat" | "embedding" | "rerank" = "chat",
): Partial<Subject> => ({
  tasks: [task],
  endpoint: anEndpoint({ baseUrl: `${origin}/v1`, models: { [task]: model } }),
});

export interface LadderCase {
  readonly name: string;
  readonly world: World;
  readonly verdict: Report["verdict"];
  readonly stoppedAt?: string;
  readonly codes: readonly string[];
}

/** One test a case. */
export function itClimbs(cases: readonly LadderCase[]): void {
  for (const { name, world, verdict, stoppedAt, codes } of cases) {
    it(`finds ${codes.join(" and ") || "nothing wrong"} with ${name}`, async () => {
      const { report } = await climbAll(world);
      assert.deepEqual(
        report.findings.map(({ code }) => code),
        codes,
      );
      assert.equal(report.verdict, verdict);
      assert.equal(failedRung(report), stoppedAt);
      assert.ok(report.rungs.length >= 11);
    });
  }
}
