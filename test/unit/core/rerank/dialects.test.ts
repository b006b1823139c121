import assert from "node:assert/strict";

import { readRerank, rerankWire, teiRerankWire } from "../../../../src/core/rerank/dialects.ts";
import { recordedReplies } from "../../../support/recordedReplies.ts";

const request = { model: "m", query: "q", documents: ["a", "b"] };

describe("rerankWire", () => {
  const cases: readonly { baseUrl: string; url: string }[] = [
    { baseUrl: "http://localhost:8000/v1", url: "http://localhost:8000/v1/rerank" },
    {
      baseUrl: "https://dashscope.aliyuncs.com/compatible-mode/v1",
      url: "https://dashscope.aliyuncs.com/compatible-api/v1/reranks",
    },
  ];
  for (const { baseUrl, url } of cases) {
    it(`asks ${url}`, () => {
      assert.deepEqual(rerankWire(baseUrl, request), { url, body: { ...request, top_n: 2 } });
    });
  }

  it("asks TEI below the origin and with `texts`", () => {
    assert.deepEqual(teiRerankWire("http://localhost:3000/v1", request), {
      url: "http://localhost:3000/rerank",
      body: { query: "q", texts: ["a", "b"] },
    });
  });
});

describe("readRerank", () => {
  const recorded: Readonly<Record<string, readonly (readonly [index: number, score: number])[]>> = {
    "dashscope-compat: rerank-compat": [[0, 0.93]],
    "llama.cpp: rerank-ok": [
      [0, 4.2],
      [1, -5.1],
    ],
    "sglang: rerank-ok": [
      [0, 0.9987],
      [1, 0.0003],
    ],
    "tei: rerank-ok": [
      [0, 0.99],
      [1, 0.01],
    ],
    "vllm: rerank-ok": [[0, 0.99]],
  };
  for (const [name, expected] of Object.entries(recorded)) {
    it(`reads the reply of ${name}`, () => {
      const { reply } = recordedReplies.find((each) => each.name === name)!;
      assert.deepEqual(
        readRerank(JSON.parse(reply.body)),
        expected.map(([index, score]) => ({ index, score })),
      );
    });
  }

  const bad: readonly unknown[] = [
    undefined,
    null,
    {},
    { output: { results: [{ index: 0, relevance_score: 1 }] } },
    [{ index: 0 }],
    [{ score: 1 }],
    [{ index: 0, score: "1" }],
    { results: "none" },
  ];
  for (const body of bad) {
    it(`finds no scores in ${JSON.stringify(body)}`, () => assert.equal(readRerank(body), undefined));
  }
});
