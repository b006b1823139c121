import assert from "node:assert/strict";

import { redirectTarget } from "../../../../../src/core/diagnosis/variations/redirectTarget.ts";
import { aReply } from "../../../../support/builders.ts";

describe("the base URL behind a redirect", () => {
  const baseUrl = "http://h/v1?tenant=a";
  const cases: readonly [location: string, target: string | undefined][] = [
    ["https://h/v1/models", "https://h/v1?tenant=a"],
    ["/api/v1/models", "http://h/api/v1?tenant=a"],
    ["/api/v1/models/", "http://h/api/v1?tenant=a"],
    ["/v1/models/", undefined],
    ["/login?next=/v1/models", undefined],
    ["https://user:key@h/v1/models", undefined],
    ["javascript:alert(1)/models", undefined],
    ["http://", undefined],
  ];
  for (const [location, target] of cases) {
    it(`is ${target ?? "none"} for ${location}`, () => {
      const reply = aReply("", { status: 308, headers: { location } });
      assert.equal(redirectTarget({ kind: "reply", reply }, baseUrl), target);
    });
  }

  it("is none without a Location", () => {
    assert.equal(redirectTarget({ kind: "reply", reply: aReply("", { headers: {} }) }, baseUrl), undefined);
  });
});
