import assert from "node:assert/strict";

import type { Exchange } from "../../../../src/core/diagnosis/exchange.ts";
import type { FindingCode } from "../../../../src/core/diagnosis/finding.ts";
import { sdkMessages } from "../../../../src/core/diagnosis/sdkMessages.ts";
import { aFinding } from "../../../support/builders.ts";

function anExchange(changes: Partial<Exchange>): Exchange {
  return {
    method: "POST",
    url: "http://localhost:8000/v1/chat/completions",
    requestHeaders: {},
    replyHeaders: {},
    replyBody: "",
    role: "rung",
    durationMs: 1,
    ...changes,
  };
}

const ofPython = (lines: readonly string[]): string | undefined =>
  lines.find((line) => line.startsWith("openai for Python: "))?.slice("openai for Python: ".length);

describe("what the OpenAI SDKs would have said", () => {
  /** Run once by hand with openai 2.54.0 for Python 3.11 against a socket of our own that gave these replies (2026-11). */
  const measured: readonly { reply: Partial<Exchange>; said: string }[] = [
    {
      reply: { status: 401, replyBody: '{"error":"Unauthorized"}' },
      said: "openai.AuthenticationError: Error code: 401 - {'error': 'Unauthorized'}",
    },
    {
      reply: { status: 404, replyBody: '{"detail":"Not Found"}' },
      said: "openai.NotFoundError: Error code: 404 - {'detail': 'Not Found'}",
    },
    {
      reply: { status: 400, replyBody: '{"error":{"message":"bad things","type":"t","code":400}}' },
      said: "openai.BadRequestError: Error code: 400 - {'error': {'message': 'bad things', 'type': 't', 'code': 400}}",
    },
    { reply: { status: 500, replyBody: "boom" }, said: "openai.InternalServerError: boom" },
    {
      reply: { status: 429, replyBody: '{"error":{"message":"slow","code":"rate"}}' },
      said: "openai.RateLimitError: Error code: 429 - {'error': {'message': 'slow', 'code': 'rate'}}",
    },
    {
      reply: { status: 401, replyBody: '"Invalid token"' },
      said: "openai.AuthenticationError: Error code: 401 - Invalid token",
    },
    { reply: { status: 401 }, said: "openai.AuthenticationError: Error code: 401" },
    {
      reply: { status: 402, replyBody: '{"error":{"message":"pay"}}' },
      said: "openai.APIStatusError: Error code: 402 - {'error': {'message': 'pay'}}",
    },
    {
      reply: { status: 422, replyBody: "[1]" },
      said: "openai.UnprocessableEntityError: Error code: 422 - [1]",
    },
    { reply: { status: 307 }, said: "openai.APIStatusError: Error code: 307" },
    { reply: { status: 503, replyBody: "null" }, said: "openai.InternalServerError: Error code: 503 - None" },
    { reply: { fault: "ECONNREFUSED" }, said: "openai.APIConnectionError: Connection error." },
    { reply: { fault: "TIMEOUT" }, said: "openai.APITimeoutError: Request timed out." },
    {
      reply: { status: 200, replyBody: "<html>x</html>", replyHeaders: { "content-type": "text/html" } },
      said: "no error, then AttributeError: 'str' object has no attribute 'choices'",
    },
    {
      reply: { status: 200, replyBody: '{"error":"x"}' },
      said: "no error, then TypeError: 'NoneType' object is not subscriptable",
    },
    {
      reply: {
        status: 200,
        requestBody: '{"stream":true}',
        replyBody: 'data: {"error":{"message":"mid","code":500}}\n\n',
      },
      said: "openai.APIError: mid",
    },
  ];
  for (const { reply, said } of measured) {
    it(`is for Python ${said}`, () => {
      assert.equal(ofPython(sdkMessages([aFinding("http.malformed")], [anExchange(reply)])), said);
    });
  }

  const below: readonly { code: FindingCode; said: string }[] = [
    { code: "name.not-found", said: "Connection error." },
    { code: "connect.refused", said: "Connection error." },
    { code: "connect.timeout", said: "Request timed out." },
    { code: "tls.expired", said: "Connection error." },
  ];
  for (const { code, said } of below) {
    it(`is "${said}" for ${code}, where no request was sent`, () => {
      const lines = sdkMessages([aFinding(code)], []);
      assert.equal(lines.length, 2);
      assert.ok(lines.every((line) => line.endsWith(said)));
    });
  }

  it("is read from the evidence where an earlier rung had sent the request", () => {
    const evidence = ["GET http://h/v1/models → 401 (application/json)", '{"error":"Unauthorized"}'];
    const [line] = sdkMessages([aFinding("auth.rejected", { evidence })], []);
    assert.equal(line, 'openai for JavaScript: AuthenticationError: 401 "Unauthorized"');
  });

  it("names what older versions for JavaScript lost", () => {
    const lines = sdkMessages(
      [aFinding("http.wrong-path")],
      [anExchange({ status: 404, replyBody: '{"detail":"Not Found"}' })],
    );
    assert.deepEqual(lines, [
      'openai for JavaScript: NotFoundError: 404 {"detail":"Not Found"}',
      "openai for Python: openai.NotFoundError: Error code: 404 - {'detail': 'Not Found'}",
      "openai for JavaScript up to 7.4.0: NotFoundError: 404 status code (no body)",
    ]);
  });

  it("is nothing where nothing failed", () => {
    assert.deepEqual(sdkMessages([], [anExchange({ status: 200, replyBody: "{}" })]), []);
    assert.deepEqual(sdkMessages([aFinding("embedding.not-normalised", { severity: "note" })], []), []);
  });
});
