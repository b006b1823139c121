import assert from "node:assert/strict";

import fc from "fast-check";

import { textPage } from "../../../../src/core/chat/textPage.ts";

describe("a text in pages", () => {
  it("of 64 Ki characters each", () => {
    const text = "x".repeat(2 * 65_536 + 1);
    assert.deepEqual(
      [0, 1, 2].map((page) => textPage(text, page).text.length),
      [65_536, 65_536, 1],
    );
    const { page, pages, characters } = textPage(text, 2);
    assert.deepEqual({ page, pages, characters }, { page: 2, pages: 3, characters: 131_073 });
  });

  it("has one empty page where there is nothing", () => {
    assert.deepEqual(textPage("", 0), { text: "", page: 0, pages: 1, characters: 0 });
  });

  for (const [asked, given] of [
    [-1, 0],
    [9, 1],
    [Number.NaN, 0],
    [0.7, 0],
  ] as const) {
    it(`gives page ${given} where ${asked} is asked for`, () => {
      assert.equal(textPage("abcdef", asked, 4).page, given);
    });
  }

  it("splits no surrogate pair, and together the pages are the text", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "🙂", "\ud83d", "\ude42", "é") });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 5 }), (whole, length) => {
        const { pages } = textPage(whole, 0, length);
        const texts = Array.from({ length: pages }, (_, page) => textPage(whole, page, length).text);
        assert.equal(texts.join(""), whole);
        for (const [index, page] of texts.entries()) {
          const isSplit = /[\ud800-\udbff]$/.test(page) && /^[\udc00-\udfff]/.test(texts[index + 1] ?? "");
          assert.ok(!isSplit, JSON.stringify(texts));
        }
      }),
    );
  });
});
