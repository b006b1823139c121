import assert from "node:assert/strict";
import fc from "fast-check";

import { readJson } from "../../../../src/core/chat/readJson.ts";

describe("JSON as people write it", () => {
  const lenient: Readonly<Record<string, unknown>> = {
    '{"a": 1,}': { a: 1 },
    "[1, 2, // two\n]": [1, 2],
    '/* first */ {"a": "// no comment /* */"} // last': { a: "// no comment /* */" },
    '{"a": [{"b": {}},], /* , */}': { a: [{ b: {} }] },
    '\uFEFF{"a": "\\u00e9\\"\\\\"}': { a: 'é"\\' },
    '[-1.5e3, true, false, null, "",]': [-1500, true, false, null, ""],
    "// only\n1": 1,
  };
  for (const [text, value] of Object.entries(lenient)) {
    it(`is read: ${JSON.stringify(text)}`, () => assert.deepEqual(readJson(text), { kind: "value", value }));
  }

  const mistakes: Readonly<Record<string, readonly [line: number, column: number]>> = {
    "": [1, 1],
    "{": [1, 2],
    "{,}": [1, 2],
    "[,]": [1, 2],
    "[1,,]": [1, 4],
    "[1 2]": [1, 4],
    "{a: 1}": [1, 2],
    '{"a" 1}': [1, 6],
    '{"a": }': [1, 7],
    '{"a": 01}': [1, 8],
    '{"a": "x\ny"}': [1, 9],
    '{"a": "\\q"}': [1, 8],
    '{"a": "never closed}': [1, 21],
    "{'a': 1}": [1, 2],
    '{\n"a": 1\n"b": 2}': [3, 1],
    "[1]]": [1, 4],
    "[}": [1, 2],
    '{"a": 1} trailing': [1, 10],
    "/* never closed": [1, 1],
    nul: [1, 1],
    "-": [1, 1],
  };
  for (const [text, [line, column]] of Object.entries(mistakes)) {
    it(`has its mistake named by its place: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(readJson(text), { kind: "mistake", line, column });
    });
  }

  it("is read whatever it holds, with comments strewn in", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 3 }), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const strewn = `/* before */ ${text}\n// after`;
        const wanted: unknown = JSON.parse(text);
        assert.deepEqual(readJson(strewn), { kind: "value", value: wanted });
      }),
    );
  });

  it("never throws, however deep or broken", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[]:,"\\/*\n 1ae-.'.split("")) }),
        (text) => void readJson(text),
      ),
    );
    assert.equal(readJson("[".repeat(1_000_000)).kind, "mistake");
    assert.equal(readJson(`{"a": "${"x".repeat(5_000_000)}`).kind, "mistake");
  });
});
