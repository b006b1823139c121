import assert from "node:assert/strict";
import { comparableModels, readTargets } from "../../../../src/core/chat/compareTargets.ts";
import { unknownHealth } from "../../../../src/core/endpoint/health.ts";
import { anEndpoint } from "../../../support/builders.ts";

describe("the targets of a comparison", () => {
  it("are ids, objects with endpoint and model, rows of the tree and unconfigured endpoints", () => {
    const unconfigured = { baseUrl: "http://127.0.0.1:1/v1" };
    assert.deepEqual(
      readTargets(["a", { endpoint: "b", model: "m" }, { endpoint: unconfigured }, { endpointId: "d" }]),
      [
        { endpoint: "a" },
        { endpoint: "b", model: "m" },
        { endpoint: unconfigured },
        { endpoint: { endpointId: "d" } },
      ],
    );
    assert.deepEqual(readTargets([unconfigured, { endpoint: "b", model: "" }]), [
      { endpoint: unconfigured },
      { endpoint: "b" },
    ]);
  });

  const refused: readonly (readonly [string, unknown])[] = [
    ["a text", "a"],
    ["one alone", ["a"]],
    ["five", ["a", "b", "c", "d", "e"]],
    ["nothing", []],
    ["numbers", [1, 2]],
    ["null in the list", ["a", null]],
    ["a list in the list", ["a", ["b"]]],
    ["an endpoint that is none", ["a", { endpoint: null }]],
    ["an endpoint that is a number", ["a", { endpoint: 3, baseUrl: "http://a/v1" }]],
    ["a model that is no text", ["a", { endpoint: "b", model: 3 }]],
    ["a list of a million", Array.from({ length: 1_000_000 }, () => "a")],
    ["something that only looks like a list", { length: 2, 0: "a", 1: "b" }],
  ];
  for (const [what, given] of refused) {
    it(`are not ${what}`, () => assert.equal(readTargets(given), undefined));
  }
});

describe("the models that can be compared", () => {
  const idsOf = (...given: Parameters<typeof comparableModels>): readonly (string | undefined)[] =>
    comparableModels(...given).map(({ model }) => model);

  it("are the configured one first, then those of the last check that are for a chat", () => {
    const endpoint = anEndpoint({ models: { chat: "b", embedding: "e" } });
    const models = [
      { id: "a", task: "chat" },
      { id: "b", task: "chat" },
      { id: "c" },
      { id: "e" },
      { id: "f", task: "embedding" },
    ] as const;
    assert.deepEqual(idsOf(endpoint, { ...unknownHealth, models }), ["b", "a", "c"]);
  });

  it("are the endpoint's own where none is known", () => {
    assert.deepEqual(idsOf(anEndpoint(), unknownHealth), [undefined]);
    assert.deepEqual(idsOf(anEndpoint(), { ...unknownHealth, models: [] }), [undefined]);
  });
});
