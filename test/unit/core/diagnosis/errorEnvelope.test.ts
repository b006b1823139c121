import assert from "node:assert/strict";

import fc from "fast-check";

import { parseJson, readServerError } from "../../../../src/core/diagnosis/errorEnvelope.ts";

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

describe("parseJson", () => {
  for (const text of ["", "{", "<html>", "undefined", "[".repeat(1_000_000)]) {
    it(`is undefined for ${text.slice(0, 10)}`, () => assert.equal(parseJson(text), undefined));
  }

  it("parses what is JSON, null included", () => {
    assert.deepEqual(parseJson('{"a":[null]}'), { a: [null] });
    assert.equal(parseJson("null"), null);
  });
});
