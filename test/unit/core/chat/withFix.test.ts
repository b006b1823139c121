import assert from "node:assert/strict";

import { isRunFix, type RunFix, withFix } from "../../../../src/core/chat/withFix.ts";

type Extra = Readonly<Record<string, unknown>>;

const cases: Readonly<Record<string, readonly [before: Extra, fix: RunFix, after: Extra]>> = {
  "drops a field": [{ a: 1, b: 2 }, { kind: "drop-parameter", name: "a" }, { b: 2 }],
  "drops what is not there": [{ b: 2 }, { kind: "drop-parameter", name: "a" }, { b: 2 }],
  "drops tool_choice along with tools": [
    { tools: [], tool_choice: "auto", b: 2 },
    { kind: "drop-parameter", name: "tools" },
    { b: 2 },
  ],
  "keeps tool_choice where another field goes": [
    { tools: [], tool_choice: "auto", b: 2 },
    { kind: "drop-parameter", name: "b" },
    { tools: [], tool_choice: "auto" },
  ],
  "drops a field inside an object": [
    { chat_template_kwargs: { a: 1, b: 2 } },
    { kind: "drop-parameter", name: "chat_template_kwargs.a" },
    { chat_template_kwargs: { b: 2 } },
  ],
  "drops an object that this leaves empty": [
    { chat_template_kwargs: { a: 1 } },
    { kind: "drop-parameter", name: "chat_template_kwargs.a" },
    {},
  ],
  "drops a field whose own name has a dot": [
    { "speculative.n_max": 1, b: 2 },
    { kind: "drop-parameter", name: "speculative.n_max" },
    { b: 2 },
  ],
  "sets a field": [
    { a: 1, b: 2 },
    { kind: "set-parameter", name: "a", value: 0 },
    { a: 0, b: 2 },
  ],
  "sets a field inside an object": [
    { reasoning: { max_tokens: 9, exclude: true } },
    { kind: "set-parameter", name: "reasoning.max_tokens", value: 5 },
    { reasoning: { max_tokens: 5, exclude: true } },
  ],
  "merges extra_body": [{ extra_body: { a: 1 } }, { kind: "merge-extra-body" }, { a: 1 }],
};

describe("a fix that sends again", () => {
  for (const [what, [before, fix, after]] of Object.entries(cases)) {
    it(what, () => {
      assert.deepEqual(withFix(before, fix), after);
      assert.ok(isRunFix(fix));
    });
  }

  it("is none that changes settings", () => {
    assert.equal(isRunFix({ kind: "set-key" }), false);
  });
});
