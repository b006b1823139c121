import assert from "node:assert/strict";

import { requestHeaders, sendsPlaceholder, sentKey } from "../../../../src/core/endpoint/requestHeaders.ts";
import type { Credentials } from "../../../../src/core/ports.ts";
import { someCredentials } from "../../../support/builders.ts";

const key = { kind: "key" as const, value: "sk-1\n" };

describe("requestHeaders", () => {
  it("sends a key as a bearer token, without the white space around it", () => {
    const expected = { accept: "application/json", authorization: "Bearer sk-1" };
    assert.deepEqual(requestHeaders(someCredentials({ key })), expected);
  });

  it("sends no authorization without a key", () => {
    assert.deepEqual(requestHeaders(someCredentials(), "text/event-stream"), { accept: "text/event-stream" });
  });

  it("lets own headers win, in whatever letters they are written", () => {
    const headers = { AUTHORIZATION: "Basic x", Accept: "*/*", "API-Key": "k" };
    assert.deepEqual(requestHeaders(someCredentials({ key, headers })), {
      accept: "*/*",
      authorization: "Basic x",
      "api-key": "k",
    });
  });
});

describe("sentKey", () => {
  const missing = { kind: "missing", where: "secret" } as const;
  for (const [name, value] of [
    ["Authorization", "Bearer sk-own-123"],
    ["authorization", "sk-own-123"],
    ["api-key", "sk-own-123"],
    ["X-Api-Key", "sk-own-123"],
  ] as const) {
    it(`is that of an own header ${name}: ${value}`, () => {
      const credentials = someCredentials({ key: missing, headers: { [name]: value } });
      assert.deepEqual(sentKey(credentials), { kind: "key", value: "sk-own-123" });
    });
  }

  it("is the endpoint's own without such a header", () => {
    assert.deepEqual(sentKey(someCredentials({ key: missing, headers: { "x-team": "search" } })), missing);
  });
});

describe("sendsPlaceholder", () => {
  const cases: readonly { name: string; credentials: Partial<Credentials>; expected: boolean }[] = [
    { name: "for an endpoint without a key", credentials: {}, expected: true },
    { name: "for a key of white space", credentials: { key: { kind: "key", value: " \n" } }, expected: true },
    {
      name: "for a key that is held back",
      credentials: { key: { kind: "other-origin", origin: "https://a.example" } },
      expected: true,
    },
    { name: "not in place of a key", credentials: { key }, expected: false },
    {
      name: "not in place of an authorization of the endpoint's own",
      credentials: { headers: { AUTHORIZATION: "Token x" } },
      expected: false,
    },
  ];
  for (const { name, credentials, expected } of cases) {
    it(name, () => assert.equal(sendsPlaceholder(someCredentials(credentials)), expected));
  }
});
