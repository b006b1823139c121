import assert from "node:assert/strict";
import fc from "fast-check";

import { baseUrlCandidates } from "../../../../../src/core/diagnosis/variations/baseUrlCandidates.ts";

describe("the base URLs that may have been meant", () => {
  const h = "http://h:8000";
  const cases: readonly { baseUrl: string; first: readonly string[] }[] = [
    { baseUrl: h, first: [`${h}/v1`, `${h}/api/v1`, `${h}/openai/v1`] },
    { baseUrl: `${h}/`, first: [`${h}/v1`] },
    { baseUrl: `${h}/v1`, first: [h, `${h}/api/v1`, `${h}/openai/v1`] },
    { baseUrl: `${h}/v1/v1`, first: [`${h}/v1`] },
    { baseUrl: `${h}/v1/chat/completions`, first: [`${h}/v1`] },
    { baseUrl: `${h}/api/v1/openai`, first: [`${h}/api/v1/openai/v1`, `${h}/api/v1`] },
    { baseUrl: `${h}/a/b`, first: [`${h}/a/b/v1`, `${h}/a/v1`, `${h}/v1`] },
    { baseUrl: `${h}/llm?tenant=a`, first: [`${h}/llm/v1?tenant=a`, `${h}/v1?tenant=a`] },
    {
      baseUrl: "https://dashscope.aliyuncs.com/v1",
      first: ["https://dashscope.aliyuncs.com/compatible-mode/v1"],
    },
    { baseUrl: "not a url", first: [] },
  ];
  for (const { baseUrl, first } of cases) {
    it(`begin with ${first.join(", ") || "none"} for ${baseUrl}`, () => {
      assert.deepEqual(baseUrlCandidates(baseUrl).slice(0, first.length), first);
    });
  }

  it("are a handful, each one once, at the same origin and never what failed (property)", () => {
    const segment = fc.constantFrom("v1", "v1", "api", "chat", "completions", "models", "a b", "openai", "");
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
        const baseUrl = new URL(`${h}/${segments.join("/")}`).href;
        const candidates = baseUrlCandidates(baseUrl);
        assert.ok(candidates.length <= 5);
        assert.equal(new Set(candidates).size, candidates.length);
        assert.ok(!candidates.includes(baseUrl));
        assert.ok(candidates.every((each) => new URL(each).origin === h));
      }),
    );
  });
});
