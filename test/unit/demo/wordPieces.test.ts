import assert from "node:assert/strict";
import fc from "fast-check";
import { countTokens, tokensOf, wordsOf } from "../../../src/demo/wordPieces.ts";

describe("word pieces", () => {
  it("cuts any text into tokens that join to the text again, as many as are counted", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), (text) => {
        const tokens = tokensOf(text);
        assert.equal(tokens.join(""), text);
        assert.equal(countTokens(text), tokens.length);
      }),
    );
  });

  const cases: readonly { readonly text: string; readonly words: readonly string[] }[] = [
    { text: "Don't stop_me 42!", words: ["Don", "t", "stop_me", "42"] },
    { text: "用Qwen3回答", words: ["用", "Qwen3", "回", "答"] },
    { text: " \n ", words: [] },
    { text: "naïve café", words: ["naïve", "café"] },
  ];
  for (const { text, words } of cases) {
    it(`finds ${words.length} words in ${JSON.stringify(text)}`, () => {
      assert.deepEqual([...wordsOf(text)], words);
    });
  }
});
