import assert from "node:assert/strict";

import fc from "fast-check";

import { indentedBody } from "../../../../src/core/chat/indentJson.ts";

describe("a body that is indented", () => {
  it("changes nothing but white space: long numbers, repeated names, escapes", () => {
    const body = String.raw`{"seed":12345678901234567890,"a":1,"a":2.50,"t":"\u4f60\" {,","e":[],"o":{}}`;
    assert.equal(
      indentedBody(body),
      String.raw`{
  "seed": 12345678901234567890,
  "a": 1,
  "a": 2.50,
  "t": "\u4f60\" {,",
  "e": [],
  "o": {}
}`,
    );
  });

  it("is what JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const isNested = value === Object(value);
        const text = JSON.stringify(value);
        assert.equal(indentedBody(text), isNested ? JSON.stringify(value, null, 2) : text);
      }),
    );
  });

  for (const body of ["", "plain text", '"text"', "12", '{"cut":', `[${"1,".repeat(600_000)}1]`]) {
    it(`stays as it came: ${body.slice(0, 20)}`, () => {
      assert.equal(indentedBody(body), body);
    });
  }
});
