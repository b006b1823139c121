import assert from "node:assert/strict";
import fc from "fast-check";
import { toBase64 } from "../../../src/demo/embeddings.ts";
import { cosine, dimensionLimits, embedText } from "../../../src/demo/featureHashing.ts";

const anyDimensions = fc.integer({ min: dimensionLimits.least, max: dimensionLimits.most });
const anyText = fc.string({ unit: "binary", minLength: 1 });

const triples: readonly { readonly text: string; readonly near: string; readonly far: string }[] = [
  {
    text: "How do I reset my password?",
    near: "I forgot my password, how can I reset it?",
    far: "The weather in Paris is sunny today",
  },
  {
    text: "Beijing is the capital of China.",
    near: "What is the capital of China?",
    far: "Gravity pulls bodies towards each other.",
  },
  { text: "如何重置我的密码？", near: "忘记密码了怎么重置？", far: "今天北京的天气很好。" },
  { text: "中国的首都是北京。", near: "北京是哪个国家的首都？", far: "重力使物体相互吸引。" },
  { text: "HELLO WORLD", near: "hello, world!", far: "entirely different words" },
];

describe("feature hashing", () => {
  for (const { text, near, far } of triples) {
    for (const dimensions of [256, 1024, 2560]) {
      it(`brings "${text}" nearer to "${near}" than to "${far}" in ${dimensions} dimensions`, () => {
        const [first, second, third] = [text, near, far].map((entry) => embedText(entry, dimensions));
        assert.ok(cosine(first!, second!) > cosine(first!, third!) + 0.2);
      });
    }
  }

  it("gives every text a vector of the asked length and of unit norm", () => {
    fc.assert(
      fc.property(anyText, anyDimensions, (text, dimensions) => {
        const vector = embedText(text, dimensions);
        assert.equal(vector.length, dimensions);
        assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-5);
      }),
    );
  });

  it("gives the same text the same vector, and case does not matter", () => {
    assert.deepEqual(embedText("Some Text", 64), embedText("some text", 64));
    assert.notDeepEqual(embedText("some text", 64), embedText("some other text", 64));
  });

  it("makes a shorter vector the normalised beginning of a longer one", () => {
    fc.assert(
      fc.property(anyText, anyDimensions, (text, dimensions) => {
        const start = embedText(text, dimensionLimits.most).subarray(0, dimensions);
        const norm = Math.hypot(...start);
        const short = embedText(text, dimensions);
        for (const [index, value] of short.entries()) {
          assert.ok(Math.abs(value - start[index]! / norm) < 1e-5);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("writes the same numbers as base64 and as floats", () => {
    fc.assert(
      fc.property(anyText, anyDimensions, (text, dimensions) => {
        const vector = embedText(text, dimensions);
        const bytes = Buffer.from(toBase64(vector), "base64");
        const decoded = Array.from({ length: dimensions }, (_, index) => bytes.readFloatLE(index * 4));
        assert.equal(bytes.length, dimensions * 4);
        assert.deepEqual(decoded, Array.from(vector));
      }),
      { numRuns: 30 },
    );
  });
});
