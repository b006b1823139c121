import assert from "node:assert/strict";

import fc from "fast-check";

import { diagnose } from "../../../../src/core/diagnosis/ladder.ts";
import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import type { Report } from "../../../../src/core/diagnosis/report.ts";
import { reportMarkdown } from "../../../../src/core/diagnosis/reportMarkdown.ts";
import type { DiagnosisPorts, Learned, Subject } from "../../../../src/core/diagnosis/step.ts";
import { steps } from "../../../../src/core/diagnosis/steps/index.ts";
import { judgeOutcome } from "../../../../src/core/diagnosis/judgeReply.ts";
import type { HttpOutcome } from "../../../../src/core/ports.ts";
import { anyOutcome, type AnyStream, anyWorld, portsOf } from "../../../support/anyReplies.ts";
import { anEndpoint, aSubject, asked } from "../../../support/builders.ts";

const { signal } = new AbortController();
const models = { chat: "m", embedding: "Qwen3-Embedding-0.6B", rerank: "m" };
const everything: Partial<Subject> = { tasks: ["chat", "embedding", "rerank"], depth: "full" };
const baseUrls = fc.constantFrom(
  "http://127.0.0.1:8000/v1",
  "https://gpu.invalid/v1",
  "http://127.0.0.1:8000",
);

async function climb(subject: Subject, ports: DiagnosisPorts): Promise<Report> {
  let last: Report | undefined;
  for await (const report of diagnose(steps, subject, ports, signal)) {
    last = report;
  }
  assert.ok(last !== undefined);
  return last;
}

/** Every text in a value, names of fields included. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") {
    yield value;
  } else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      yield name;
      yield* textsIn(inner);
    }
  }
}

describe("any bytes as a reply", () => {
  it("give a report (property)", async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(anyWorld, baseUrls, async (world, baseUrl) => {
        const subject = aSubject({ ...everything, endpoint: anEndpoint({ baseUrl, models }) });
        const report = await climb(subject, portsOf(world));
        assert.notEqual(report.verdict, "cancelled");
        assert.ok(report.rungs.every(({ status }) => status !== "running"));
        assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
        assert.ok(reportMarkdown(report).length > 0);
      }),
      { numRuns: 200 },
    );
  });

  const learned: Learned = {
    addresses: [{ address: "127.0.0.1", family: 4 }],
    reached: { address: "127.0.0.1", family: 4 },
    served: [{ id: "m", root: "/models/m" }],
    chosen: models,
  };
  for (const step of steps) {
    it(`give a judgement on the rung ${step.id}, and variations, without throwing (property)`, async function () {
      this.timeout(60_000);
      await fc.assert(
        fc.asyncProperty(anyWorld, baseUrls, anyOutcome, async (world, baseUrl, list) => {
          const subject = aSubject({ ...everything, endpoint: anEndpoint({ baseUrl, models }) });
          const ports = portsOf(world);
          const known = { ...learned, models: list };
          const judgement = await step.climb(subject, known, ports, signal);
          const varied = await step.vary?.(judgement, subject, known, ports, signal);
          const findings = varied?.findings ?? judgement.findings;
          assert.ok(judgement.evidence.every((line) => typeof line === "string"));
          assert.ok(findings.every(({ evidence }) => evidence.every((line) => typeof line === "string")));
        }),
        { numRuns: 100 },
      );
    });
  }

  it("give findings, whatever was asked (property)", () => {
    fc.assert(
      fc.property(
        anyOutcome,
        fc.constantFrom("GET" as const, "POST" as const),
        baseUrls,
        (outcome, method, baseUrl) => {
          assert.ok(Array.isArray(judgeOutcome(outcome, asked({ method, baseUrl }))));
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** Signs of real keys, and those that encodings change. */
const key = fc
  .array(fc.constantFrom(...Array.from('abcXYZ0189-_./+=~!$&*,:;@%"\\')), { minLength: 12, maxLength: 40 })
  .map((signs) => `sk-${signs.join("")}`);

type Place = (text: string, secret: string) => string;

/** Evidence is cut to these lengths, so that a key may stand across the cut. */
const cuts = [80, 200, 300, 600, 16_384];
const padding = fc
  .tuple(fc.constantFrom(...cuts), fc.integer({ min: 1, max: 40 }))
  .map(([length, before]) => "x".repeat(Math.max(0, length - before)));

/** Puts the key into a text: as it is, within JSON, within a URL, across a cut. */
const places: fc.Arbitrary<Place> = fc.oneof(
  padding.map(
    (before): Place =>
      (_, secret) =>
        before + secret,
  ),
  fc.constantFrom<Place[]>(
    (text: string, secret: string) => text + secret,
    (text: string, secret: string) => secret + text,
    (_: string, secret: string) =>
      JSON.stringify({ error: { message: `Incorrect API key provided: ${secret}` } }),
    (_: string, secret: string) => JSON.stringify({ data: [{ id: secret }], detail: secret }),
    (_: string, secret: string) => JSON.stringify({ [secret]: { message: JSON.stringify({ key: secret }) } }),
    (text: string, secret: string) => `${text} https://gpu.invalid/?api_key=${encodeURIComponent(secret)}`,
    (text: string) => text,
  ),
);

function withKey(outcome: HttpOutcome, place: Place, secret: string): HttpOutcome {
  if (outcome.kind === "fault") {
    return { ...outcome, fault: { ...outcome.fault, message: place(outcome.fault.message, secret) } };
  }
  const headers = Object.entries(outcome.reply.headers).map(([name, value]): readonly [string, string] => [
    name,
    place(value, secret),
  ]);
  const reply = {
    ...outcome.reply,
    body: place(outcome.reply.body, secret),
    headers: { ...Object.fromEntries(headers), "x-echo": secret, "set-cookie": `key=${secret}` },
  };
  return { ...outcome, reply };
}

function streamWithKey(stream: AnyStream, place: Place, secret: string): AnyStream {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const pieces = [...stream.pieces, bytes(`data: ${place("", secret)}\n\n`), bytes(`data: ${secret}`)];
  return { ...stream, pieces, headers: { ...stream.headers, "x-echo": secret } };
}

describe("a key in a request and in its replies", () => {
  it("is in no report, and in no header of its exchanges even before the report is cleaned (property)", async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(anyWorld, key, places, fc.boolean(), async (world, secret, place, inQuery) => {
        const query = inQuery ? `?api_key=${encodeURIComponent(secret)}` : "";
        const subject = aSubject({
          ...everything,
          endpoint: anEndpoint({ baseUrl: `http://127.0.0.1:8000/v1${query}`, models }),
          credentials: { key: { kind: "key", value: secret }, headers: { "X-Api-Key": secret } },
        });
        const ports = portsOf({
          ...world,
          outcomes: world.outcomes.map((outcome) => withKey(outcome, place, secret)),
          streams: world.streams.map((stream) => streamWithKey(stream, place, secret)),
        });
        const report = await climb(subject, ports);
        for (const { requestHeaders, replyHeaders } of report.rungs.flatMap(({ exchanges }) => exchanges)) {
          assertWithout(secret, [requestHeaders, replyHeaders]);
        }
        const redactor = createRedactor();
        redactor.know(secret);
        const cleaned = redactor.cleanDeep(report);
        assertWithout(secret, cleaned);
        assertWithout(secret, redactor.clean(reportMarkdown(report)));
      }),
      { numRuns: 200 },
    );
  });
});

function assertWithout(secret: string, value: unknown): void {
  for (const text of textsIn(value)) {
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
      // Where a text was cut, the start of a key is as bad as the whole.
      assert.ok(!text.includes(form.slice(0, 12)), `"${secret}" is in: ${text}`);
    }
  }
}
