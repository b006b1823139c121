import assert from "node:assert/strict";

import { fenced, soleFence } from "../../../../src/core/prompts/fenced.ts";

describe("fenced", () => {
  it("names the language, but not plain text", () => {
    assert.equal(fenced("a", "python"), "```python\na\n```");
    assert.equal(fenced("a", "plaintext"), "```\na\n```");
  });

  it("is longer than any fence inside, of which there may be many", () => {
    assert.ok(fenced("````\n```", "x").startsWith("`````x\n"));
    assert.ok(fenced("```\n".repeat(300_000), "x").startsWith("````x\n"));
  });
});

describe("soleFence", () => {
  const code = "def add(a, b):\n    return a + b\n";
  const cases: readonly {
    readonly name: string;
    readonly answer: string;
    readonly code: string | undefined;
  }[] = [
    { name: "a fence alone", answer: "```python\nx = 1\n```", code: "x = 1" },
    {
      name: "a fence with a sentence before it",
      answer: "Here it is:\n\n```python\nx = 1\n```\n",
      code: "x = 1",
    },
    { name: "indentation and blank lines", answer: `\`\`\`\n\n${code}\n\`\`\``, code: `\n${code}` },
    { name: "a fence inside a longer one", answer: "````md\n```\na\n```\n````", code: "```\na\n```" },
    { name: "tildes", answer: "~~~\nx\n~~~", code: "x" },
    { name: "two fences", answer: "```\na\n```\n```\nb\n```", code: undefined },
    { name: "no fence", answer: "x = 1", code: undefined },
    { name: "a fence that is not closed", answer: "```\nx", code: undefined },
    {
      name: "much text around a line of code",
      answer: `${"A word. ".repeat(60)}\n\`\`\`\nx\n\`\`\``,
      code: undefined,
    },
  ];
  for (const { name, answer, code: expected } of cases) {
    it(`finds ${expected === undefined ? "no code" : "the code"} in ${name}`, () =>
      assert.equal(soleFence(answer)?.code, expected));
  }

  it("keeps the word after the fence", () => assert.equal(soleFence("```Py {x}\n1\n```")?.language, "Py"));

  it("reads an answer of 10,000 fences", () =>
    assert.equal(soleFence("```\nx\n```\n".repeat(10_000)), undefined));
});
