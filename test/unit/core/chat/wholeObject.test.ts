import assert from "node:assert/strict";

import fc from "fast-check";

import { WholeObject } from "../../../../src/core/chat/wholeObject.ts";

/** What it has to say at any time, found out from the whole text. */
function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function agreesAt(pieces: readonly string[]): void {
  const object = new WholeObject();
  let text = "";
  for (const piece of pieces) {
    object.add(piece);
    text += piece;
    assert.equal(object.isWhole, isObject(text), JSON.stringify(text));
  }
}

describe("a JSON object that comes in pieces", () => {
  const texts = [
    "",
    "{}",
    ' \n{"a":1} \t',
    '{"a":"}"}',
    '{"a":"\\"}"}',
    '{"a":"\\\\"}',
    "[{}]",
    "{}{}",
    '{"a":]}',
    "{a:1}",
    "{}\u00a0",
    "\ufeff{}",
    '"{}"',
    '{"a":{"b":[{}]}}x',
  ];
  for (const text of texts) {
    it(`is whole at the same character as ${JSON.stringify(text)} is for JSON.parse`, () => {
      agreesAt(text.split(""));
    });
  }

  it("is whole when JSON.parse says so, whatever it is made of and wherever it is cut", () => {
    const noise = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\ \n1ae'.split("")), maxLength: 12 });
    const value = fc.jsonValue().map((each) => JSON.stringify(each, null, 1));
    fc.assert(
      fc.property(fc.array(fc.oneof(noise, value), { maxLength: 3 }), fc.nat(7), (parts, step) => {
        const text = parts.join("");
        agreesAt(text.match(new RegExp(`[\\s\\S]{1,${step + 1}}`, "g")) ?? []);
      }),
      { numRuns: 300 },
    );
  });
});
