import assert from "node:assert/strict";

import { knownEmbedding } from "../../../../src/core/embedding/knownEmbedding.ts";

describe("knownEmbedding", () => {
  const cases: readonly { readonly names: readonly string[]; readonly expected: number | undefined }[] = [
    { names: ["Qwen/Qwen3-Embedding-0.6B"], expected: 1024 },
    { names: ["qwen3-embedding:4b-q4_K_M"], expected: 2560 },
    { names: ["/models/Qwen3-Embedding-8B-Q8_0.gguf"], expected: 4096 },
    { names: ["text-embedding-v4"], expected: 1024 },
    { names: ["BAAI/bge-m3"], expected: 1024 },
    { names: ["openai/text-embedding-3-small"], expected: 1536 },
    { names: ["embed", "/data/bge-large-zh-v1.5"], expected: 1024 },
    { names: ["Qwen3-Embedding-4B", "/models/Qwen3-Embedding-0.6B"], expected: 2560 },
    // Without a size it may be any of the three; 40B is none of them.
    { names: ["qwen3-embedding"], expected: undefined },
    { names: ["qwen3-embedding-40b"], expected: undefined },
    { names: ["Qwen3-8B"], expected: undefined },
    { names: ["bge-reranker-v2-m3"], expected: undefined },
    { names: [], expected: undefined },
  ];
  for (const { names, expected } of cases) {
    it(`knows ${expected ?? "no"} dimensions of ${names.join(" at ") || "nothing"}`, () => {
      assert.equal(knownEmbedding(names)?.dimensions, expected);
    });
  }
});
