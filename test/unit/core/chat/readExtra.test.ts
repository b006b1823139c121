import assert from "node:assert/strict";

import { read, extraOf, wrong, problem, native } from "../../../support/drafts.ts";

describe("the extra JSON of a draft", () => {
  it("is merged over the parameters, comments and all", () => {
    const extra = '{\n  // wider\n  "temperature": 1.5, "stream": false, "best": [1,],\n}';
    assert.deepEqual(extraOf(read({ parameters: { temperature: 1, top_p: 0.5 }, extra })), {
      temperature: 1.5,
      top_p: 0.5,
      stream: false,
      best: [1],
    });
  });

  it("may hold a value that the server is known to refuse", () => {
    assert.deepEqual(extraOf(read({ extra: '{"temperature": 9}' })), { temperature: 9 });
  });

  it("does not mix a response_format of its own with the one set above", () => {
    const parameters = { response_format: { type: "json_schema", json_schema: {} } };
    assert.deepEqual(extraOf(read({ parameters, extra: '{"response_format": {"type": "text"}}' })), {
      response_format: { type: "text" },
    });
  });

  for (const name of ["messages", "prompt"]) {
    it(`does not hold the ${name} of the protocol "generate"`, () => {
      const result = read({ extra: JSON.stringify({ [name]: "x" }) }, undefined, { protocol: "generate" });
      assert.match(problem(result), new RegExp(`${name} cannot be set here`));
    });
  }

  it("may hold a prompt where that means nothing to the protocol", () => {
    assert.deepEqual(extraOf(read({ extra: '{"prompt": "x", "input": "y"}' })), { prompt: "x", input: "y" });
  });

  for (const name of ["messages", "input"]) {
    it(`does not hold the ${name} of DashScope's native API`, () => {
      const result = read({ extra: JSON.stringify({ [name]: {} }) }, undefined, native);
      assert.match(problem(result), new RegExp(`${name} cannot be set here`));
    });
  }

  const refused: Readonly<Record<string, RegExp>> = {
    '{"a": 1,\n  "b": x}': /line 2, column 8/,
    '{"a": 1': /line 1, column 8/,
    "[1, 2]": /has to be an object/,
    '"text"': /has to be an object/,
    null: /has to be an object/,
    '{"model": "x"}': /model cannot be set here/,
    '{"messages": []}': /messages cannot be set here/,
  };
  for (const [extra, text] of Object.entries(refused)) {
    it(`is refused, with the reason: ${JSON.stringify(extra)}`, () => {
      const result = read({ extra });
      assert.deepEqual(wrong(result), ["extra"]);
      assert.match(problem(result), text);
    });
  }
});
