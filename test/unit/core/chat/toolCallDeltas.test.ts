import assert from "node:assert/strict";

import { createToolCallAssembler, type ToolDelta } from "../../../../src/core/chat/toolCallAssembler.ts";
import { addToolCall, type ToolCall } from "../../../../src/core/chat/transcript.ts";

function callsOf(deltas: readonly Partial<ToolDelta>[]): readonly ToolCall[] {
  const assembler = createToolCallAssembler();
  return deltas
    .map((delta) => assembler.add({ name: "", argumentsText: "", ...delta }))
    .reduce<readonly ToolCall[]>(addToolCall, []);
}

const cases: readonly (readonly [
  name: string,
  deltas: readonly Partial<ToolDelta>[],
  calls: readonly ToolCall[],
])[] = [
  [
    "an id that came late tells a call without name or index from the next",
    [
      { name: "find" },
      { id: "c1", argumentsText: '{"q":' },
      { argumentsText: "1}" },
      { id: "c2", argumentsText: '{"p":2}' },
    ],
    [
      { id: "c1", name: "find", argumentsText: '{"q":1}' },
      { id: "c2", name: "", argumentsText: '{"p":2}' },
    ],
  ],
  [
    "a name that came in pieces and is then repeated whole",
    [
      { index: 0, name: "fi" },
      { index: 0, name: "nd" },
      { index: 0, name: "find", argumentsText: "{}" },
    ],
    [{ name: "find", argumentsText: "{}" }],
  ],
  [
    "white space behind a whole call whose name is repeated",
    [{ name: "find", argumentsText: '{"q":1}' }, { name: "find" }, { argumentsText: "\n" }],
    [{ name: "find", argumentsText: '{"q":1}\n' }],
  ],
  [
    "two calls in turns that share an id, as behind gateways to Gemini",
    [
      { index: 0, id: "find", name: "find" },
      { index: 1, id: "find", name: "find" },
      { index: 0, id: "find", argumentsText: '{"q":1}' },
      { index: 1, id: "find", argumentsText: '{"q":2}' },
    ],
    [
      { id: "find", name: "find", argumentsText: '{"q":1}' },
      { id: "find", name: "find", argumentsText: '{"q":2}' },
    ],
  ],
  [
    "two calls in turns that their names alone tell apart",
    [
      { name: "find", argumentsText: '{"q":' },
      { name: "open", argumentsText: '{"p":' },
      { name: "find", argumentsText: "1}" },
      { name: "open", argumentsText: "2}" },
    ],
    [
      { name: "find", argumentsText: '{"q":1}' },
      { name: "open", argumentsText: '{"p":2}' },
    ],
  ],
];

describe("deltas of tool calls", () => {
  for (const [name, deltas, calls] of cases) {
    it(`add up: ${name}`, () => assert.deepEqual(callsOf(deltas), calls));
  }

  it("tell an id once", () => {
    const assembler = createToolCallAssembler();
    const delta = { index: 0, id: "c1", name: "", argumentsText: "" };
    assert.deepEqual(
      [delta, delta].map((each) => assembler.add(each).id),
      ["c1", undefined],
    );
  });
});
