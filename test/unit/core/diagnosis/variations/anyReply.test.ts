import assert from "node:assert/strict";
import fc from "fast-check";

import { diagnose } from "../../../../../src/core/diagnosis/ladder.ts";
import type { Report } from "../../../../../src/core/diagnosis/report.ts";
import { steps } from "../../../../../src/core/diagnosis/steps/index.ts";
import type { Http, HttpOutcome, HttpRequest } from "../../../../../src/core/ports.ts";
import {
  aFault,
  anEndpoint,
  aReply,
  aSubject,
  fakeClock,
  fakeSockets,
  models,
  someCredentials,
} from "../../../../support/builders.ts";

const key = "sk-property-1234567890";
const origin = "http://gpu.example:8000";

const body = fc.oneof(
  fc.constant(JSON.stringify(models("m"))),
  fc.constant(
    JSON.stringify({ paths: { "/a/v1/chat/completions": {}, "/{x}/models": {}, "//v1/models": {} } }),
  ),
  fc.constant(JSON.stringify({ detail: "Not Found" })),
  fc.constant("<html>"),
  fc.string(),
  fc.json(),
);
const location = fc.oneof(
  fc.constantFrom("https://gpu.example:8000/v1/models", "http://elsewhere.example/v1/models", "/x/v1/models"),
  fc.webUrl(),
  fc.string(),
);
const outcome: fc.Arbitrary<HttpOutcome> = fc.oneof(
  fc
    .record({
      status: fc.constantFrom(200, 301, 307, 400, 401, 403, 404, 405, 407, 500, 502, 503),
      body,
      location,
    })
    .map(({ status, body: text, location: to }) => ({
      kind: "reply" as const,
      reply: aReply(text, { status, headers: { "content-type": "application/json", location: to } }),
    })),
  fc
    .constantFrom("ECONNREFUSED", "ECONNRESET", "HPE_INVALID_CONSTANT", "TIMEOUT", "TOO_LARGE", "ODD")
    .map((code) => ({ kind: "fault" as const, fault: aFault(code, { phase: "headers" }) })),
);
const path = fc.constantFrom("", "/v1", "/v1/v1", "/v1/chat/completions", "/llm/v1?tenant=a", "/a/b/c");

/** Answers one outcome after the other, whatever is asked. */
function anyHttp(outcomes: readonly HttpOutcome[], sent: HttpRequest[]): Http {
  return {
    send: (request) => {
      const next = outcomes[sent.length % outcomes.length];
      sent.push(request);
      assert.ok(next !== undefined);
      return Promise.resolve(next);
    },
    open: () => Promise.resolve({ kind: "fault", fault: aFault("ECONNREFUSED") }),
  };
}

describe("the ladder with any replies", () => {
  it("ends with a report, in a handful of requests a rung, and sends the key to its own origin alone (property)", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(outcome, { minLength: 1, maxLength: 12 }), path, async (outcomes, tail) => {
        const sent: HttpRequest[] = [];
        const subject = aSubject({
          endpoint: anEndpoint({ baseUrl: `${origin}${tail}`, models: { chat: "m" } }),
          credentials: someCredentials({ key: { kind: "key", value: key }, headers: { "x-api-key": key } }),
        });
        const ports = {
          http: anyHttp(outcomes, sent),
          sockets: fakeSockets({
            hosts: { "gpu.example": ["10.0.0.1"] },
            ports: { "10.0.0.1 8000": "connected" },
          }),
          clock: fakeClock(),
        };
        let last: Report | undefined;
        for await (const report of diagnose(steps, subject, ports, new AbortController().signal)) {
          last = report;
        }
        assert.ok(last !== undefined && last.rungs.every(({ status }) => status !== "running"));
        assert.doesNotMatch(JSON.stringify(last), new RegExp(key));
        for (const { url, headers } of sent) {
          const isOwn = new URL(url).origin === origin;
          assert.ok(isOwn || !JSON.stringify(headers).includes(key), `the key went to ${url}`);
        }
        for (const { id, exchanges } of last.rungs) {
          const extra = exchanges.filter(({ role }) => role === "variation").length;
          assert.ok(extra <= 6, `${extra} extra requests on ${id}`);
        }
      }),
    );
  });
});
