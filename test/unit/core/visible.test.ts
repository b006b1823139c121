import assert from "node:assert/strict";

import { visibleId, visibleText } from "../../../src/core/visible.ts";

describe("visibleId", () => {
  const cases: readonly [text: string, expected: string][] = [
    ["Qwen/Qwen3-8B", "Qwen/Qwen3-8B"],
    ["千问 👋", "千问 👋"],
    ["a\nb\t\0\x7f", "a␊b␉␀␡"],
    ["a\u202eb\u200fc", "a[U+202E]b[U+200F]c"],
    ["a\u200bb\ufeffc\u00adx", "a[U+200B]b[U+FEFF]c[U+00AD]x"],
    ["a\ud800b", "a[U+D800]b"],
    ["a\u{e0041}b", "a[U+E0041]b"],
    ["a\u034f\u1160\ufe0f\uffa0b", "a[U+034F][U+1160][U+FE0F][U+FFA0]b"],
    ["a\u0085b", "a[U+0085]b"],
  ];
  for (const [text, expected] of cases) {
    it(`shows ${JSON.stringify(text)} as ${expected}`, () => assert.equal(visibleId(text), expected));
  }
});

describe("visibleText", () => {
  it("keeps what prose needs: line breaks, tabs, joiners", () => {
    const text = "a\n\tb \u200dc";
    assert.equal(visibleText(text), text);
  });

  it("shows controls and what turns text around", () => {
    assert.equal(visibleText("a\x1b[31m\u202e\u2066"), "a␛[31m[U+202E][U+2066]");
  });
});
