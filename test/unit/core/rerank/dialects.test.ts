import assert from "node:assert/strict";

import { readRerank, rerankDialects } from "../../../../src/core/rerank/dialects.ts";
import type { ServerId } from "../../../../src/core/servers/serverId.ts";
import { recordedReplies } from "../../../support/recordedReplies.ts";

const request = { model: "m", query: "q", documents: ["a", "b"] };

describe("rerankDialects", () => {
  const common = (url: string) => ({ url, body: request });
  const tei = (origin: string) => ({ url: `${origin}/rerank`, body: { query: "q", texts: ["a", "b"] } });
  const dashScope = "https://dashscope.aliyuncs.com";
  const cases: readonly { baseUrl: string; server?: ServerId; expected: readonly unknown[] }[] = [
    {
      baseUrl: "http://localhost:8000/v1",
      server: "vllm",
      expected: [common("http://localhost:8000/v1/rerank"), tei("http://localhost:8000")],
    },
    {
      baseUrl: "http://localhost:8080/v1",
      server: "tei",
      expected: [tei("http://localhost:8080"), common("http://localhost:8080/v1/rerank")],
    },
    {
      baseUrl: `${dashScope}/compatible-mode/v1`,
      expected: [
        common(`${dashScope}/compatible-api/v1/reranks`),
        {
          url: `${dashScope}/api/v1/services/rerank/text-rerank/text-rerank`,
          body: { model: "m", input: { query: "q", documents: ["a", "b"] } },
        },
      ],
    },
  ];
  for (const { baseUrl, server, expected } of cases) {
    it(`tries its own before another at ${baseUrl} (${server ?? "unknown"})`, () => {
      assert.deepEqual(
        rerankDialects(baseUrl, server).map((dialect) => dialect(baseUrl, request)),
        expected,
      );
    });
  }
});

describe("readRerank", () => {
  type Scores = readonly (readonly [index: number, score: number])[];
  const recorded: Readonly<Record<string, { shape: "common" | "other"; scores: Scores }>> = {
    "dashscope-compat: rerank-compat": { shape: "common", scores: [[0, 0.93]] },
    "llama.cpp: rerank-ok": {
      shape: "common",
      scores: [
        [0, 4.2],
        [1, -5.1],
      ],
    },
    "sglang: rerank-ok": {
      shape: "other",
      scores: [
        [0, 0.9987],
        [1, 0.0003],
      ],
    },
    "tei: rerank-ok": {
      shape: "other",
      scores: [
        [0, 0.99],
        [1, 0.01],
      ],
    },
    "vllm: rerank-ok": { shape: "common", scores: [[0, 0.99]] },
  };
  const read = (scores: Scores, shape: "common" | "other") => ({
    scores: scores.map(([index, score]) => ({ index, score })),
    shape,
  });
  for (const [name, { shape, scores }] of Object.entries(recorded)) {
    it(`reads the reply of ${name}`, () => {
      const { reply } = recordedReplies.find((each) => each.name === name)!;
      assert.deepEqual(readRerank(JSON.parse(reply.body)), read(scores, shape));
    });
  }

  const others: readonly { name: string; body: unknown }[] = [
    {
      name: "DashScope's native API",
      body: { output: { results: [{ index: 0, relevance_score: 0.5, document: { text: "a" } }] } },
    },
    { name: "vLLM's /score", body: { data: [{ index: 0, object: "score", score: 0.5 }] } },
    { name: "results with score", body: { results: [{ index: 0, score: 0.5 }] } },
  ];
  for (const { name, body } of others) {
    it(`reads ${name}, and says that it is no common form`, () => {
      assert.deepEqual(readRerank(body), read([[0, 0.5]], "other"));
    });
  }

  const bad: readonly unknown[] = [
    undefined,
    null,
    {},
    [{ index: 0 }],
    [{ score: 1 }],
    [{ index: 0, score: "1" }],
    [{ index: 0, score: null }],
    [{ index: 0.5, score: 1 }],
    [{ index: -1, score: 1 }],
    { results: "none" },
    { output: "none" },
    { data: [{ embedding: [1], index: 0 }] },
  ];
  for (const body of bad) {
    it(`finds no scores in ${JSON.stringify(body)}`, () => assert.equal(readRerank(body), undefined));
  }
});
