import assert from "node:assert/strict";

import fc from "fast-check";

import { holdsError, parseJson, readServerError } from "../../../../src/core/diagnosis/errorEnvelope.ts";

describe("readServerError", () => {
  const cases: readonly { name: string; body: unknown; expected: object }[] = [
    {
      name: "OpenAI's, vLLM's",
      body: { error: { message: "m", type: "t", code: 404 } },
      expected: { message: "m", type: "t", code: "404" },
    },
    {
      name: "SGLang's flat one",
      body: { object: "error", message: "m", type: "BadRequestError", code: 400 },
      expected: { message: "m", type: "BadRequestError", code: "400" },
    },
    { name: "SGLang's 401", body: { error: "Unauthorized" }, expected: { message: "Unauthorized" } },
    {
      name: "TEI's",
      body: { error: "m", error_type: "Validation" },
      expected: { message: "m", type: "Validation" },
    },
    { name: "Xinference's", body: { detail: "m" }, expected: { message: "m" } },
    {
      name: "FastAPI's list",
      body: { detail: [{ loc: ["body", "model"], msg: "Field required", type: "missing" }, "odd"] },
      expected: { message: "body.model: Field required", type: "validation" },
    },
    {
      name: "LMDeploy's old one",
      body: { detail: { error: { message: "m", code: "invalid_api_key" } } },
      expected: { message: "m", code: "invalid_api_key" },
    },
    { name: "ModelScope's", body: { errors: { message: "m" } }, expected: { message: "m" } },
    {
      name: "DashScope's native one",
      body: { code: "InvalidApiKey", message: "m" },
      expected: { message: "m", code: "InvalidApiKey" },
    },
    { name: "SiliconFlow's text", body: "Invalid token", expected: { message: "Invalid token" } },
  ];
  for (const { name, body, expected } of cases) {
    it(`reads ${name}`, () => {
      assert.deepEqual(readServerError(body), { message: "", code: "", type: "", ...expected });
    });
  }

  it("passes over an empty field to the one that says something", () => {
    assert.equal(readServerError({ error: "", detail: "m" })?.message, "m");
    assert.equal(readServerError({ error: {}, message: "m" })?.message, "m");
  });

  for (const body of [undefined, null, 1, [], {}, { error: null }, { error: {} }, { message: 1 }]) {
    it(`finds no error in ${JSON.stringify(body)}`, () => assert.equal(readServerError(body), undefined));
  }

  it("gives up on envelopes within envelopes without end", () => {
    const deep = parseJson(`${'{"error":'.repeat(100_000)}"m"${"}".repeat(100_000)}`);
    assert.equal(readServerError(deep), undefined);
  });

  it("never throws, whatever the JSON (property)", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const body of [value, { error: value }, { detail: value }, { error: { message: value } }]) {
          readServerError(body);
        }
      }),
    );
  });
});

describe("holdsError", () => {
  const cases: readonly { body: unknown; expected: boolean }[] = [
    { body: { error: "m" }, expected: true },
    { body: { error: { odd: 1 } }, expected: true },
    { body: { errors: ["m"] }, expected: true },
    { body: { error: true }, expected: true },
    { body: { object: "error", message: "m" }, expected: true },
    { body: { error: "", choices: [] }, expected: false },
    { body: { error: {}, choices: [] }, expected: false },
    { body: { error: false, choices: [] }, expected: false },
    { body: { errors: [], choices: [] }, expected: false },
    { body: { error: null }, expected: false },
  ];
  for (const { body, expected } of cases) {
    it(`${expected ? "finds" : "finds none"} in ${JSON.stringify(body)}`, () => {
      assert.equal(holdsError(body), expected);
    });
  }
});

describe("parseJson", () => {
  for (const text of ["", "{", "<html>", "undefined", "[".repeat(1_000_000)]) {
    it(`is undefined for ${text.slice(0, 10)}`, () => assert.equal(parseJson(text), undefined));
  }

  it("parses what is JSON, null included", () => {
    assert.deepEqual(parseJson('{"a":[null]}'), { a: [null] });
    assert.equal(parseJson("null"), null);
  });
});
