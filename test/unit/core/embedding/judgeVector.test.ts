import assert from "node:assert/strict";

import { judgeVector } from "../../../../src/core/embedding/judgeVector.ts";
import { knownEmbedding } from "../../../../src/core/embedding/knownEmbedding.ts";

describe("judgeVector", () => {
  const cases: readonly { name: string; vector: readonly number[]; expected: readonly string[] }[] = [
    { name: "unit length", vector: [0.6, 0.8], expected: [] },
    { name: "nearly unit length", vector: [0.605, 0.8], expected: [] },
    { name: "another length", vector: [3, 4], expected: ["embedding.not-normalised note"] },
    { name: "nothing but zeros", vector: [0, 0], expected: ["embedding.zero blocker"] },
    { name: "no values", vector: [], expected: ["embedding.zero blocker"] },
    { name: "a value without end", vector: [Infinity, 1], expected: ["embedding.zero blocker"] },
    { name: "a value that is no number", vector: [NaN, 1], expected: ["embedding.zero blocker"] },
  ];
  for (const { name, vector, expected } of cases) {
    it(`finds ${expected.join() || "nothing"} in a vector of ${name}`, () => {
      assert.deepEqual(
        judgeVector(vector).map(({ code, severity }) => `${code} ${severity}`),
        expected,
      );
    });
  }

  const model = knownEmbedding(["bge-small-zh-v1.5"])!;
  const qwen = { ...model, length: "normalised" } as const;
  const unit = Array.from({ length: model.dimensions }, (_, index) => (index === 0 ? 1 : 0));

  it("finds nothing in a vector of the model's size and of length 1", () => {
    assert.deepEqual(judgeVector(unit, model), []);
  });

  it("warns of a size that is not the model's, with both sizes", () => {
    const [finding] = judgeVector([1, ...unit], qwen);
    assert.deepEqual(
      [finding?.code, finding?.severity, finding?.evidence],
      ["embedding.wrong-dimensions", "warning", ["513 dimensions, bge-small-zh has 512"]],
    );
  });

  it("warns of another length only where the model promises one", () => {
    const long = unit.map((value) => value * 3);
    assert.deepEqual(
      [model, qwen].map((known) => judgeVector(long, known).map(({ severity }) => severity)),
      [["note"], ["warning"]],
    );
  });

  it("tells zeros and broken numbers apart in the evidence", () => {
    assert.deepEqual(judgeVector([0, 0])[0]?.evidence, ["2 values, norm 0"]);
    assert.match(judgeVector([0, NaN])[0]?.evidence[0] ?? "", /1 of them no numbers/);
  });
});
