import assert from "node:assert/strict";

import fc from "fast-check";

import { decodeFloats, readEmbedding, readEmbeddings } from "../../../../src/core/embedding/readEmbedding.ts";

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
    { data: [{ embedding: ["1"] }] },
    { data: [{ embedding: "not base64!" }] },
    { data: [{ embedding: [1] }, { embedding: "not base64!" }] },
    // llama.cpp's legacy shape, on /embeddings without /v1 (servers.md 0.4).
    [{ index: 0, embedding: [[0.1, 0.2]] }],
  ];
  for (const body of bad) {
    it(`finds no vector in ${JSON.stringify(body)}`, () => assert.equal(readEmbedding(body), undefined));
  }
});

describe("readEmbeddings", () => {
  it("keeps the order of the reply, and says whose vector it is", () => {
    const data = [
      { index: 1, embedding: [2] },
      { index: 0, embedding: "AACAPw==" },
    ];
    assert.deepEqual(readEmbeddings({ data, model: "/models/m" }), {
      entries: [
        { index: 1, vector: [2], encoding: "float" },
        { index: 0, vector: [1], encoding: "base64" },
      ],
      model: "/models/m",
    });
  });

  it("goes by the place where a reply has no index", () => {
    const data = [{ embedding: [1] }, { embedding: [2], index: "1" }];
    assert.deepEqual(
      readEmbeddings({ data })?.entries.map(({ index }) => index),
      [0, 1],
    );
  });

  it("reads null as no number, as llama.cpp writes it", () => {
    assert.deepEqual(readEmbeddings({ data: [{ embedding: [1, null] }] })?.entries[0].vector, [1, NaN]);
  });
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
