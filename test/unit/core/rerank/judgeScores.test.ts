import assert from "node:assert/strict";

import fc from "fast-check";

import { judgeRankings, type Ranking, rankingEvidence } from "../../../../src/core/rerank/judgeScores.ts";
import { rerankSets } from "../../../../src/core/rerank/rerankSets.ts";

/** The answer's score and those of the three other texts. */
type Scores = readonly [answer: number, ...others: number[]];

function ranking(language: "en" | "zh", [answer, ...others]: Scores): Ranking {
  const set = rerankSets[language];
  const rest = [...others];
  const scores = set.documents.map((_, index) => ({
    index,
    score: index === set.relevant ? answer : (rest.shift() ?? 0),
  }));
  return { set, scores };
}

describe("judgeRankings", () => {
  const cases: readonly {
    readonly name: string;
    readonly en: Scores;
    readonly zh?: Scores;
    readonly code?: string;
  }[] = [
    {
      name: "Qwen3-Reranker with its template",
      en: [0.998, 0.0001, 0.0002, 0.0001],
      zh: [0.98, 0.02, 0.001, 0.03],
    },
    { name: "raw scores of llama.cpp", en: [4.2, -5.1, -10.9, -11], zh: [-1.5, -9, -8, -10] },
    { name: "cosines of an embedding model", en: [0.9, 0.76, 0.75, 0.72] },
    { name: "a sigmoid of probabilities (node-llama-cpp #617)", en: [0.7306, 0.501, 0.5, 0.5] },
    { name: "an answer that is little but clearly ahead", en: [0.09, 0.01, 0.012, 0.011] },
    {
      name: "no template: scores within 0.1",
      en: [0.52, 0.5, 0.47, 0.45],
      zh: [0.41, 0.45, 0.44, 0.47],
      code: "rerank.template-missing",
    },
    { name: "no template, one language", en: [0.47, 0.5, 0.52, 0.45], code: "rerank.template-missing" },
    {
      name: "the wrong order in both languages, by much",
      en: [0.5, 0.9, 0.1, 0.3],
      zh: [0.2, 0.6, 0.1, 0.7],
      code: "rerank.template-missing",
    },
    {
      name: "a GGUF without its scoring head (llama.cpp #25447)",
      en: [4e-20, 1e-23, 2e-24, 1e-28],
      code: "rerank.template-missing",
    },
    { name: "the same score for all", en: [0, 0, 0, 0], zh: [0, 0, 0, 0], code: "rerank.template-missing" },
    { name: "raw scores with another text first", en: [0.4, -0.1, 0.2, 1.1], code: "rerank.order" },
    { name: "raw scores near each other", en: [2.1, 2.3, 2, 2.2], code: "rerank.template-missing" },
    { name: "another text first", en: [0.5, 0.9, 0.1, 0.3], code: "rerank.order" },
    {
      name: "another text first in one language",
      en: [0.99, 0.01, 0.02, 0],
      zh: [0.3, 0.9, 0.1, 0],
      code: "rerank.order",
    },
    { name: "Chinese near each other but in order", en: [0.99, 0.01, 0.02, 0], zh: [0.52, 0.5, 0.47, 0.45] },
    {
      name: "no and yes mixed up: the answer is last",
      en: [0.01, 0.99, 0.98, 0.97],
      zh: [0.02, 0.99, 0.98, 0.97],
      code: "rerank.order",
    },
  ];
  for (const { name, en, zh, code } of cases) {
    it(`finds ${code ?? "nothing"} in ${name}`, () => {
      const rankings = [ranking("en", en), ...(zh === undefined ? [] : [ranking("zh", zh)])];
      const found = judgeRankings(rankings);
      assert.deepEqual(
        found.map((finding) => [finding.code, finding.severity]),
        code === undefined ? [] : [[code, "warning"]],
      );
    });
  }

  it("judges raw scores alike wherever their zero is (property)", () => {
    const scores = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: -100, max: 100 })));
    fc.assert(
      fc.property(scores, fc.integer({ min: 200, max: 1000 }), (drawn, shift) => {
        const codes = (by: number) =>
          judgeRankings([ranking("en", drawn.map((score) => score + by) as unknown as Scores)]).map(
            ({ code }) => code,
          );
        assert.deepEqual(codes(shift), codes(-shift));
      }),
    );
  });

  it("gives the figures as evidence", () => {
    assert.equal(
      rankingEvidence(ranking("en", [0.99812345, 0.0001, 1e-9, 0.02])),
      'en: "The capital of China is Beijing." 0.9981, the others 1e-9 to 0.02',
    );
  });
});
