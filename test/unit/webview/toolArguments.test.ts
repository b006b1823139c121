import assert from "node:assert/strict";

import fc from "fast-check";

import { shownArguments } from "../../../src/webview/run/toolArguments.ts";

describe("the arguments of a tool call", () => {
  const cases: readonly { readonly from: string; readonly text: string; readonly state: string }[] = [
    { from: "", text: "", state: "empty" },
    { from: " \n", text: "", state: "empty" },
    { from: "{}", text: "{}", state: "whole" },
    { from: '{"a":[],"b":{}}', text: '{\n  "a": [],\n  "b": {}\n}', state: "whole" },
    // A parser would make 1.2345678901234567e+19 of it.
    { from: '{"id":12345678901234567890}', text: '{\n  "id": 12345678901234567890\n}', state: "whole" },
    { from: '{"a":1,"a":"x\\"{,:"}', text: '{\n  "a": 1,\n  "a": "x\\"{,:"\n}', state: "whole" },
    { from: '{"a":1}}', text: '{"a":1}}', state: "not-json" },
    { from: "[1]", text: "[\n  1\n]", state: "not-an-object" },
    { from: '"{}"', text: '"{}"', state: "not-an-object" },
  ];
  for (const { from, text, state } of cases) {
    it(`are shown for ${JSON.stringify(from)}`, () =>
      assert.deepEqual(shownArguments(from), { text, state }));
  }

  it("mean the same indented, and look as JSON.stringify would write them (property)", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        assert.equal(shownArguments(JSON.stringify(value)).text, JSON.stringify(value, null, 2));
      }),
    );
  });
});
