import assert from "node:assert/strict";

import { readParameters } from "../../../../src/core/chat/readParameters.ts";
import type { ParameterSpec } from "../../../../src/core/servers/chatParameters.ts";

const specs: readonly ParameterSpec[] = [
  { name: "temperature", value: { kind: "number", min: 0, below: 2 }, shown: "common" },
  { name: "seed", value: { kind: "integer" }, shown: "further" },
  { name: "logprobs", value: { kind: "boolean" }, shown: "further" },
  { name: "user", value: { kind: "text" }, shown: "further" },
  { name: "stop", value: { kind: "texts", most: 2 }, shown: "common" },
  { name: "tool_choice", value: { kind: "choice", of: ["auto", "none"] }, shown: "further" },
  { name: "tools", value: { kind: "json", of: "array" }, shown: "further" },
  { name: "response_format", value: { kind: "json", of: "object" }, shown: "further" },
];

const long = "x".repeat(100);

const taken: readonly (readonly [name: string, given: unknown, sent: unknown])[] = [
  ["temperature", "0.5", 0.5],
  ["temperature", 0, 0],
  ["seed", "-3", -3],
  ["logprobs", true, true],
  ["logprobs", "true", true],
  ["logprobs", false, false],
  ["logprobs", "false", false],
  ["user", "somebody", "somebody"],
  ["stop", "END", ["END"]],
  ["stop", ["a", "b"], ["a", "b"]],
  ["tool_choice", "none", "none"],
  ["tool_choice", { type: "function" }, { type: "function" }],
  ["tools", [], undefined],
  ["tools", '[{"type": "function"}]', [{ type: "function" }]],
  ["response_format", '{"type": "text"}', { type: "text" }],
  ["response_format", { type: "text" }, { type: "text" }],
  ["temperature", "", undefined],
  ["temperature", " \n", undefined],
  ["temperature", null, undefined],
  ["temperature", undefined, undefined],
  ["of_another_server", { a: 1 }, { a: 1 }],
  ["of_another_server", { length: 0 }, { length: 0 }],
];

const refused: readonly (readonly [name: string, given: unknown, problem: string])[] = [
  ["temperature", "warm", "temperature has to be a number, and is warm."],
  ["temperature", [0.5], "temperature has to be a number, and is [0.5]."],
  ["temperature", long, `temperature has to be a number, and is ${long.slice(0, 60)}….`],
  ["seed", 1.5, "seed has to be a whole number, and is 1.5."],
  ["logprobs", "perhaps", "logprobs has to be true or false, and is perhaps."],
  ["logprobs", 1, "logprobs has to be true or false, and is 1."],
  ["user", 7, "user has to be a text, and is 7."],
  ["stop", [1], "stop has to be one or more texts, none of them empty."],
  ["stop", ["a", "b", "c"], "stop takes 2 texts at most, and there are 3."],
  ["tool_choice", "maybe", "tool_choice has to be one of auto, none, and is maybe."],
  ["tools", "{}", "tools has to be a list in JSON, such as [{…}]."],
  ["tools", { a: 1 }, "tools has to be a list in JSON, such as [{…}]."],
  ["tools", "[1,\n x]", "tools is no JSON: there is a mistake in line 2, column 2."],
  ["response_format", [1], "response_format has to be an object in JSON, such as {…}."],
  [
    "temperature",
    2,
    "temperature is 2, and this server takes 0 ≤ temperature < 2. To see what it says of another value, set it in the extra JSON.",
  ],
];

describe("a parameter that a person set", () => {
  for (const [name, given, sent] of taken) {
    it(`is ${sent === undefined ? "not sent" : `sent as ${JSON.stringify(sent)}`}: ${name} ${JSON.stringify(given)}`, () =>
      assert.deepEqual(readParameters({ [name]: given }, specs), {
        fields: sent === undefined ? {} : { [name]: sent },
        problems: [],
      }));
  }

  for (const [name, given, text] of refused) {
    it(`is refused, and what is wrong said: ${name} ${JSON.stringify(given).slice(0, 40)}`, () =>
      assert.deepEqual(readParameters({ [name]: given }, specs), {
        fields: {},
        problems: [{ where: name, text }],
      }));
  }

  it("is refused alone: the others are read", () => {
    const { fields, problems } = readParameters({ temperature: "warm", seed: 1, user: 2 }, specs);
    assert.deepEqual(fields, { seed: 1 });
    assert.deepEqual(
      problems.map(({ where }) => where),
      ["temperature", "user"],
    );
  });
});
