import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { type FindingCode, findingCodes } from "../../../../src/core/diagnosis/finding.ts";
import { describeFinding } from "../../../../src/core/diagnosis/findingTexts.ts";

const codes = Object.entries(findingCodes).flatMap(([area, problems]) =>
  problems.map((problem) => `${area}.${problem}` as FindingCode),
);

const chinese = JSON.parse(
  readFileSync(new URL("../../../../l10n/bundle.l10n.zh-cn.json", import.meta.url), "utf8"),
) as Readonly<Record<string, string>>;

const placeholders = (text: string): readonly string[] => [...new Set(text.match(/\{\d+\}/g))].sort();

/** What a translation must carry over letter by letter: flags and settings, addresses, JSON, and what programs say. */
const untranslatable = (text: string): readonly string[] =>
  (
    text.match(
      /(?<![\w-])--?[a-z][a-z-]*|https?:\/\/[\w.:[\]/-]*|'\{.*?\}'|\b[a-z]+(?:_[a-z0-9]+)+\b|\b[A-Z0-9]+(?:_[A-Z]+)+\b/g,
    ) ?? []
  )
    .map((word) => word.replace(/[.]$/, ""))
    .filter((word) => word.length > 2);

describe("the texts of the findings", () => {
  for (const code of codes) {
    describe(code, () => {
      const { title, explanation } = describeFinding(code);

      it("has a title of at most 60 characters that is not a full sentence with a stop", () => {
        assert.match(title, /\S/);
        assert.ok(title.length <= 60, `${title.length} characters: ${title}`);
        assert.doesNotMatch(title, /[.!]$/);
      });

      it("explains itself in one to three sentences of plain text", () => {
        assert.match(explanation, /^\S.*\.$/s);
        assert.doesNotMatch(explanation, /!|`|\*\*|\bplease\b|\n/i);
        const sentences = explanation.replaceAll(/"[^"]*"/g, "quoted").split(/\.(?=\s|$)/);
        assert.ok(sentences.length - 1 <= 3, `${sentences.length - 1} sentences`);
      });

      for (const english of [title, explanation]) {
        it(`has a Chinese text for "${english.slice(0, 40)}"`, () => {
          const translated = chinese[english];
          assert.ok(translated !== undefined, "missing in bundle.l10n.zh-cn.json");
          assert.match(translated, /\p{Script=Han}/u);
          assert.doesNotMatch(translated, /！|(?<!申)请(?!求)/);
          assert.deepEqual(placeholders(translated), placeholders(english));
          for (const word of untranslatable(english)) {
            assert.ok(translated.includes(word), `${word} is missing in: ${translated}`);
          }
        });
      }
    });
  }

  it("gives no two findings the same title, in neither language", () => {
    const titles = codes.map((code) => describeFinding(code).title);
    assert.equal(new Set(titles).size, codes.length);
    assert.equal(new Set(titles.map((title) => chinese[title])).size, codes.length);
  });

  it("keeps the Chinese bundle sorted, so that changes to it can be read", () => {
    const keys = Object.keys(chinese);
    assert.deepEqual(keys, [...keys].sort());
  });
});
