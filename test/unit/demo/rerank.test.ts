import assert from "node:assert/strict";
import fc from "fast-check";
import { rankDocuments } from "../../../src/demo/rerank.ts";

describe("the demo's ranking", () => {
  const cases: readonly {
    readonly query: string;
    readonly documents: readonly string[];
    readonly best: number;
  }[] = [
    {
      query: "What is the capital of China?",
      documents: ["Gravity attracts two bodies.", "The capital of China is Beijing.", "Pandas eat bamboo."],
      best: 1,
    },
    {
      query: "中国的首都是哪里？",
      documents: ["重力使物体相互吸引。", "熊猫吃竹子。", "中国的首都是北京。"],
      best: 2,
    },
    {
      query: "parse JSON in Python",
      documents: ["Python: parse JSON with json.loads", "Bake bread"],
      best: 0,
    },
  ];
  for (const { query, documents, best } of cases) {
    it(`puts "${documents[best] ?? ""}" first for "${query}", clearly apart`, () => {
      const [first, second] = rankDocuments(query, documents);
      assert.equal(first?.index, best);
      assert.ok(first.relevance_score > 0.5);
      assert.ok(second!.relevance_score < 0.5);
    });
  }

  it("ranks every document once, in falling order, with scores from 0 to 1", () => {
    const text = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 8 }), (query, documents) => {
        const ranked = rankDocuments(query, documents);
        const scores = ranked.map((document) => document.relevance_score);
        assert.deepEqual(
          ranked.map((document) => document.index).sort((left, right) => left - right),
          documents.map((_, index) => index),
        );
        assert.deepEqual(
          scores,
          scores.toSorted((left, right) => right - left),
        );
        assert.ok(scores.every((score) => score >= 0 && score <= 1));
      }),
      { numRuns: 50 },
    );
  });
});
