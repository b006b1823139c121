import assert from "node:assert/strict";

import { atRoot } from "../../../../src/core/servers/atRoot.ts";
import { isBefore } from "../../../../src/core/servers/isBefore.ts";

describe("isBefore", () => {
  const cases = [
    ["0.9.2", "0.10.0", true],
    ["0.10.0", "0.10.0", false],
    ["v0.10.0rc1", "0.10.1", true],
    ["0.11", "0.10.1", false],
    ["1", "0.10.1", false],
    ["0.10", "0.10.1", true],
    [undefined, "0.10.1", false],
    ["dev", "0.10.1", false],
  ] as const;
  for (const [version, other, expected] of cases) {
    it(`says ${expected} of ${String(version)} and ${other}`, () => {
      assert.equal(isBefore(version, other), expected);
    });
  }
});

describe("atRoot", () => {
  const cases = [
    ["http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/version"],
    ["http://127.0.0.1:8000", "http://127.0.0.1:8000/version"],
    ["https://gateway.invalid/team-a/v1?api-version=1", "https://gateway.invalid/team-a/version"],
    ["http://127.0.0.1:8000/v1/v1/chat/completions", "http://127.0.0.1:8000/version"],
  ] as const;
  for (const [baseUrl, expected] of cases) {
    it(`finds the root of ${baseUrl}`, () => {
      assert.equal(atRoot(baseUrl, "/version"), expected);
    });
  }
});
