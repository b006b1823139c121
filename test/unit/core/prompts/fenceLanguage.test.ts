import assert from "node:assert/strict";

import { languageIdOf } from "../../../../src/core/prompts/fenceLanguage.ts";

const known = ["plaintext", "python", "shellscript", "javascript", "cpp", "csharp", "yaml", "go", "json"];

describe("languageIdOf", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["py", "python"],
    ["Python", "python"],
    ["sh", "shellscript"],
    ["js", "javascript"],
    ["C++", "cpp"],
    ["c#", "csharp"],
    ["yml", "yaml"],
    ["golang", "go"],
    ["json", "json"],
    ["rs", "plaintext"],
    ["", "plaintext"],
    ["constructor", "plaintext"],
    ["no such language", "plaintext"],
  ];
  for (const [word, id] of cases) {
    it(`takes ${JSON.stringify(word)} for ${id}`, () => assert.equal(languageIdOf(word, known), id));
  }
});
