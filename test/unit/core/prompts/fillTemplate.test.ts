import assert from "node:assert/strict";

import fc from "fast-check";

import { fillTemplate, unknownVariables } from "../../../../src/core/prompts/fillTemplate.ts";

const values = { selection: "print(1)", languageId: "python", file: "src/a.py", diagnostics: "1:1 error no" };

describe("fillTemplate", () => {
  const cases: readonly { readonly template: string; readonly filled: string }[] = [
    { template: "${selection}", filled: "print(1)" },
    { template: "${file} is ${languageId}: ${diagnostics}", filled: "src/a.py is python: 1:1 error no" },
    { template: "${selection}${selection}", filled: "print(1)print(1)" },
    { template: "$${selection}", filled: "${selection}" },
    { template: "$$${selection}", filled: "$${selection}" },
    {
      template: "$ {selection} $selection {selection} ${",
      filled: "$ {selection} $selection {selection} ${",
    },
    { template: "${Selection} ${} ${constructor}", filled: "${Selection} ${} ${constructor}" },
    { template: "costs $5 and $${anything at all}", filled: "costs $5 and ${anything at all}" },
  ];
  for (const { template, filled } of cases) {
    it(`makes ${JSON.stringify(filled)} of ${JSON.stringify(template)}`, () =>
      assert.equal(fillTemplate(template, values), filled));
  }

  it("fills a value in once, also one that looks like a variable or a replacement pattern", () => {
    const selection = "${file} $${file} $& $1 $$ $`";
    assert.equal(fillTemplate("<${selection}>", { ...values, selection }), `<${selection}>`);
  });

  it("puts any selection where the variable stood, unchanged (property)", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (selection) => {
        assert.equal(fillTemplate("a ${selection} b", { ...values, selection }), `a ${selection} b`);
      }),
    );
  });

  it("names what is no variable, and not what is meant as text", () => {
    assert.deepEqual(unknownVariables("${file} ${Selection} ${} $${x} ${constructor}"), [
      "Selection",
      "",
      "constructor",
    ]);
  });
});
