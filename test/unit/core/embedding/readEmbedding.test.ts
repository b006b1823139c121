import assert from "node:assert/strict";

import fc from "fast-check";

import { decodeFloats, judgeVector, readEmbedding } from "../../../../src/core/embedding/readEmbedding.ts";

const base64 = (vector: readonly number[]): string =>
  Buffer.from(new Float32Array(vector).buffer).toString("base64");

describe("readEmbedding", () => {
  it("reads floats and base64 as the same vector (property)", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
        (vector) => {
          const read = (embedding: unknown) => readEmbedding({ data: [{ embedding }] })?.vector;
          assert.deepEqual(read(base64(vector)), read(vector));
        },
      ),
    );
  });

  it("tells the tokens where the server counts them", () => {
    const data = [{ embedding: [1] }];
    assert.deepEqual(readEmbedding({ data, usage: { prompt_tokens: 3 } })?.usage, { promptTokens: 3 });
    assert.equal(readEmbedding({ data, usage: "none" })?.usage, undefined);
    assert.deepEqual(readEmbedding({ data })?.vector, [1]);
  });

  const bad: readonly unknown[] = [
    undefined,
    null,
    {},
    { data: [] },
    { data: [{}] },
    { data: [{ embedding: [1, null] }] },
    { data: [{ embedding: ["1"] }] },
    { data: [{ embedding: "not base64!" }] },
    // llama.cpp's legacy shape, on /embeddings without /v1 (servers.md 0.4).
    [{ index: 0, embedding: [[0.1, 0.2]] }],
  ];
  for (const body of bad) {
    it(`finds no vector in ${JSON.stringify(body)}`, () => assert.equal(readEmbedding(body), undefined));
  }
});

describe("decodeFloats", () => {
  for (const text of ["A", "AAA", "AAAA", "AAAAA===", "AAAA AAA", "AAAA-AA=", "<base64>", "A".repeat(7)]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(decodeFloats(text), undefined));
  }

  it("reads little-endian numbers", () => assert.deepEqual(decodeFloats("AACAPwAAAMA="), [1, -2]));

  it("never throws, whatever the text (property)", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => void decodeFloats(text)));
  });
});

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
});
