import assert from "node:assert/strict";

import { readTemplates } from "../../../../src/core/prompts/promptTemplate.ts";

const read = (setting: unknown): ReturnType<typeof readTemplates> => readTemplates(setting);

describe("readTemplates", () => {
  it("reads texts and objects, in the order of the setting", () => {
    const { templates, problems } = read({
      Short: "Say ${selection} in short",
      Whole: {
        prompt: "Explain",
        system: "You are terse.",
        endpoint: "lab",
        model: "qwen3",
        extra: { temperature: 0 },
      },
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(templates, [
      { name: "Short", prompt: "Say ${selection} in short", extra: {} },
      {
        name: "Whole",
        prompt: "Explain",
        system: "You are terse.",
        endpoint: "lab",
        model: "qwen3",
        extra: { temperature: 0 },
      },
    ]);
  });

  it("takes what is left blank for not given", () => {
    const { templates } = read({ A: { prompt: "x", system: " ", endpoint: "", model: "\n" } });
    assert.deepEqual(templates, [{ name: "A", prompt: "x", extra: {} }]);
  });

  it("takes no setting and null for none", () => {
    assert.deepEqual(read(undefined), { templates: [], problems: [] });
    assert.deepEqual(read(null), { templates: [], problems: [] });
  });

  const bad: readonly { readonly name: string; readonly value: unknown; readonly says: RegExp }[] = [
    { name: "a number", value: 7, says: /"Odd" has no prompt.*Write a text/ },
    { name: "a list", value: ["a"], says: /"Odd" has no prompt/ },
    { name: "an empty text", value: " ", says: /"Odd" has no prompt/ },
    { name: "an object without a prompt", value: { system: "x" }, says: /"Odd" has no prompt/ },
    { name: "a field that does not exist", value: { prompt: "x", modell: "y" }, says: /field "modell"/ },
    { name: "a system that is no text", value: { prompt: "x", system: {} }, says: /"system" must be a text/ },
    { name: "an endpoint that is no text", value: { prompt: "x", endpoint: 3 }, says: /"endpoint" must be/ },
    { name: "a model that is no text", value: { prompt: "x", model: 3 }, says: /"model" must be a text/ },
    {
      name: "an extra that is no object",
      value: { prompt: "x", extra: [] },
      says: /"extra" must be an object/,
    },
    {
      name: "an unknown variable",
      value: "Look at ${fille}",
      says: /\$\{fille\}.*\$\{selection\}, \$\{languageId\}, \$\{file\}, \$\{diagnostics\}.*\$\$\{fille\}/,
    },
    {
      name: "an unknown variable in the system prompt",
      value: { prompt: "x", system: "${y}" },
      says: /\$\{y\}/,
    },
  ];
  for (const { name, value, says } of bad) {
    it(`names ${name}, and keeps the others`, () => {
      const { templates, problems } = read({ Odd: value, Good: "Explain" });
      assert.deepEqual(
        templates.map((each) => each.name),
        ["Good"],
      );
      assert.equal(problems.length, 1);
      assert.equal(problems[0]?.name, "Odd");
      assert.match(problems[0].text, says);
    });
  }

  for (const setting of ["text", 3, ["a"], true]) {
    it(`says what the setting must be when it is ${JSON.stringify(setting)}`, () => {
      const { templates, problems } = read(setting);
      assert.deepEqual(templates, []);
      assert.match(problems[0]?.text ?? "", /must be an object/);
    });
  }
});
