import assert from "node:assert/strict";

import { bent, climbEmbedding, found, named, right } from "../../../../support/embeddingWorld.ts";
import {
  type Answer,
  embeddingsReply,
  type Entry,
  type Fields,
  vectorsFor,
} from "../../../../support/vectorServer.ts";

const turned = (vector: readonly number[]): readonly number[] => [...vector.slice(1), vector[0] ?? 0];
const isBatch = ({ input }: Fields): boolean => Array.isArray(input) && input.length === 2;

describe("the checks of a full test of embeddings", () => {
  const refusal = {
    status: 400,
    body: { error: { message: "encoding_format: Extra inputs are not permitted" } },
  };

  const doubled = bent((vector) => vector.map((value) => value * 2));
  const zeros = bent((vector) => vector.map(() => 0));
  const cut = ({ dimensions, ...fields }: Fields): Answer => {
    const whole = vectorsFor({ ...fields, encoding_format: "float" });
    const size = dimensions as number | undefined;
    return embeddingsReply(whole.map((each) => ({ ...each, embedding: each.embedding.slice(0, size) })));
  };
  const reversed = (fields: Fields): Answer => embeddingsReply([...vectorsFor(fields)].reverse());
  const cases: readonly {
    readonly name: string;
    readonly answer: (fields: Fields, place: number) => Answer;
    readonly model?: string;
    readonly expected: readonly string[];
  }[] = [
    { name: "zeros", answer: zeros, expected: ["embedding.zero blocker"] },
    {
      name: "null for every number, as llama.cpp writes NaN",
      answer: () => embeddingsReply([{ index: 0, embedding: [null, null] }]),
      expected: ["embedding.zero blocker"],
    },
    { name: "no vector", answer: () => embeddingsReply([]), expected: ["http.malformed blocker"] },
    {
      name: "vectors that are too long",
      answer: (fields) => (fields["encoding_format"] === "base64" ? refusal : doubled(fields)),
      expected: ["embedding.not-normalised note", "request.extra-body warning"],
    },
    {
      name: "vectors of Qwen3-Embedding that are too long",
      answer: (fields) => ("dimensions" in fields ? refusal : doubled(fields)),
      model: "qwen3-embedding:0.6b",
      expected: [
        "embedding.not-normalised warning",
        "request.dimensions note",
        "embedding.encoding-ignored warning",
      ],
    },
    {
      name: "another vector each time",
      answer: (fields, place) => (place === 0 ? right(fields) : bent(turned)(fields)),
      expected: ["embedding.not-repeatable warning", "embedding.encoding-ignored warning"],
    },
    {
      name: "another vector in a batch",
      answer: (fields) => (isBatch(fields) ? bent(turned)(fields) : right(fields)),
      expected: ["embedding.batch-differs warning"],
    },
    {
      name: "a vector too few in a batch",
      answer: (fields) => (isBatch(fields) ? embeddingsReply(vectorsFor(fields).slice(1)) : right(fields)),
      expected: ["embedding.batch-differs warning"],
    },
    {
      name: "one index for all of a batch",
      answer: (fields) =>
        isBatch(fields)
          ? embeddingsReply(vectorsFor(fields).map((each) => ({ ...each, index: 0 })))
          : right(fields),
      expected: ["embedding.batch-differs warning"],
    },
    {
      name: "a batch in another order",
      answer: (fields) => (isBatch(fields) ? reversed(fields) : right(fields)),
      expected: ["embedding.batch-differs warning"],
    },
    {
      name: "a batch that is refused",
      answer: (fields) =>
        isBatch(fields)
          ? { status: 422, body: { message: "batch size 2 > maximum allowed batch size 1" } }
          : right(fields),
      expected: ["request.batch-size warning"],
    },
    {
      name: "a list of numbers for base64 (SGLang up to v0.5.16)",
      answer: (fields) => right({ ...fields, encoding_format: "float" }),
      expected: ["embedding.encoding-ignored warning"],
    },
    {
      name: "base64 for a list of numbers",
      answer: (fields) => right({ ...fields, encoding_format: "base64" }),
      expected: ["embedding.encoding-ignored warning"],
    },
    {
      name: "other numbers in base64",
      answer: (fields) =>
        right(fields["encoding_format"] === "base64" ? { ...fields, input: "pong" } : fields),
      expected: ["embedding.encoding-ignored warning"],
    },
    {
      name: "text in the place of base64",
      answer: (fields) =>
        fields["encoding_format"] === "base64" ? embeddingsReply([{ embedding: "<base64>" }]) : right(fields),
      expected: ["http.malformed warning"],
    },
    {
      name: "dimensions that are refused (vLLM)",
      answer: (fields) =>
        "dimensions" in fields
          ? { status: 400, body: { error: { message: "Model 'm' does not support Matryoshka embeddings" } } }
          : right(fields),
      expected: ["request.dimensions note"],
    },
    {
      name: "dimensions that are ignored (llama.cpp)",
      answer: ({ dimensions: _, ...fields }) => right(fields),
      expected: ["embedding.wrong-dimensions note"],
    },
    {
      name: "dimensions that are ignored where they are promised",
      answer: ({ dimensions: _, ...fields }) => right(fields),
      model: "text-embedding-v4",
      expected: ["embedding.wrong-dimensions warning"],
    },
    {
      name: "another size than was asked for",
      answer: (fields) => right("dimensions" in fields ? { ...fields, dimensions: 128 } : fields),
      expected: ["embedding.wrong-dimensions warning"],
    },
    {
      name: "vectors cut and not made long again",
      answer: (fields) => ("dimensions" in fields ? cut(fields) : right(fields)),
      expected: ["embedding.not-normalised note"],
    },
    {
      name: "an overload in the middle",
      answer: (fields, place) =>
        place === 2 ? { status: 429, body: { message: "Model is overloaded" } } : right(fields),
      expected: ["server.overloaded warning"],
    },
  ];
  for (const { name, answer, model = "e", expected } of cases) {
    it(`finds ${expected.join(" and ") || "nothing"} in ${name}`, async () => {
      const judged = await climbEmbedding(answer, named(model));
      assert.deepEqual(found(judged), expected);
      assert.ok(judged.findings.every(({ evidence }) => evidence.length > 0));
    });
  }

  it("asks nothing more once the server is overloaded", async () => {
    const { sent } = await climbEmbedding((fields, place) =>
      place === 1 ? { status: 429, body: "" } : right(fields),
    );
    assert.equal(sent.length, 2);
  });

  it("says so where an unrelated text is as near as a similar one", async () => {
    const same: Entry["embedding"] = [0.6, 0.8];
    const { evidence } = await climbEmbedding((fields) =>
      Array.isArray(fields["input"]) && fields["input"].length === 6
        ? embeddingsReply(fields["input"].map((_, index) => ({ index, embedding: same })))
        : right(fields),
    );
    assert.match(evidence.at(-1) ?? "", /en similar 1\.00, unrelated 1\.00 \(the wrong way round\); zh/);
  });
});
