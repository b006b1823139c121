import assert from "node:assert/strict";

import type { Learned } from "../../../../../src/core/diagnosis/step.ts";
import { climbEmbedding, found, named, right } from "../../../../support/embeddingWorld.ts";
import { embeddingsReply, vectorsFor } from "../../../../support/vectorServer.ts";

describe("the embedding rung", () => {
  it("sends one request with the least fields in a basic test", async () => {
    const { sent, ...judged } = await climbEmbedding(right, undefined, "basic");
    assert.deepEqual(sent, [{ model: "e", input: "ping", encoding_format: "float" }]);
    assert.deepEqual(found(judged), []);
  });

  it("changes one thing at a time in a full test, and tells what it measured", async () => {
    const { sent, evidence, ...judged } = await climbEmbedding(right);
    assert.deepEqual(found({ ...judged, evidence }), []);
    const usual = { model: "e", input: "ping", encoding_format: "float" };
    assert.deepEqual(sent.slice(0, 2), [usual, usual]);
    assert.deepEqual(
      sent.map(
        (fields) =>
          Object.keys(fields)
            .filter((name) => !(name in usual))
            .join() || fields["encoding_format"],
      ),
      ["float", "float", "float", "dimensions", "base64", "float"],
    );
    assert.deepEqual(evidence.slice(-6), [
      "1024 dimensions, norm 1.0000",
      "same text again: cosine 1.0000 with the vector of the first request",
      "batch of 2: cosine 1.0000 with the vector of the first request",
      "dimensions 64: 64 values, norm 1.0000, cosine 1.0000 with the start of the whole vector",
      "base64: cosine 1.0000 with the vector of the first request",
      "similarity: en similar 0.61, unrelated 0.03; zh similar 0.63, unrelated 0.15",
    ]);
  });

  const refusal = {
    status: 400,
    body: { error: { message: "encoding_format: Extra inputs are not permitted" } },
  };

  it("asks without encoding_format where it is refused, and stays green for what works", async () => {
    const { sent, ...judged } = await climbEmbedding((fields) =>
      "encoding_format" in fields ? refusal : right(fields),
    );
    assert.deepEqual(found(judged), ["request.extra-body warning"]);
    assert.deepEqual(
      sent.map((fields) => "encoding_format" in fields),
      [true, ...Array<boolean>(5).fill(false)],
    );
  });

  it("tells of the first refusal where it is refused without encoding_format as well", async () => {
    const { sent, ...judged } = await climbEmbedding(() => refusal);
    assert.deepEqual(found(judged), ["request.extra-body blocker"]);
    assert.equal(sent.length, 2);
  });

  it("asks no more after a refusal that has nothing to do with the fields", async () => {
    const { sent, ...judged } = await climbEmbedding(() => ({ status: 404, body: { detail: "Not Found" } }), {
      chosen: { embedding: "e" },
      served: [{ id: "e" }],
    });
    assert.deepEqual([found(judged), sent.length], [["task.not-started-for blocker"], 1]);
  });

  const wrongSize = "embedding.wrong-dimensions warning";
  const sizes: readonly { name: string; learned: Learned; model?: string; expected: readonly string[] }[] = [
    { name: "the size of its model", learned: named("Qwen/Qwen3-Embedding-0.6B"), expected: [] },
    { name: "the size of another model", learned: named("Qwen3-Embedding-4B"), expected: [wrongSize] },
    {
      name: "a model known by its path alone",
      learned: named("e", "/models/Qwen3-Embedding-8B"),
      expected: [wrongSize],
    },
    {
      name: "a model the reply alone names",
      learned: named("e"),
      model: "/models/Qwen3-Embedding-8B",
      expected: [wrongSize],
    },
    { name: "a model nobody knows", learned: named("e"), expected: [] },
  ];
  for (const { name, learned, model, expected } of sizes) {
    it(`finds ${expected.join() || "nothing"} in 1024 numbers of ${name}`, async () => {
      const judged = await climbEmbedding(
        (fields) => embeddingsReply(vectorsFor(fields), model),
        learned,
        "basic",
      );
      assert.deepEqual(found(judged), expected);
    });
  }

  it("compares nothing with a vector of zeros", async () => {
    const { sent, ...judged } = await climbEmbedding(() => embeddingsReply([{ embedding: [0, 0] }]));
    assert.deepEqual([found(judged), sent.length], [["embedding.zero blocker"], 1]);
  });
});
