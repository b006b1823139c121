import assert from "node:assert/strict";

import fc from "fast-check";

import { createThinkSplitter, type Lanes } from "../../../../src/core/chat/thinkSplitter.ts";

function split(pieces: readonly string[]): Lanes {
  const splitter = createThinkSplitter();
  const lanes = [...pieces.map((piece) => splitter.push(piece)), splitter.end()];
  return {
    answer: lanes.map(({ answer }) => answer).join(""),
    reasoning: lanes.map(({ reasoning }) => reasoning).join(""),
  };
}

describe("createThinkSplitter", () => {
  const cases: readonly { text: string; reasoning?: string; answer: string }[] = [
    { text: "plain", answer: "plain" },
    { text: "  indented", answer: "  indented" },
    { text: "<think>Hm</think>A", reasoning: "Hm", answer: "A" },
    { text: "\n<think>\nHm\n</think>\n\n  A\nB", reasoning: "\nHm\n", answer: "A\nB" },
    { text: "<think></think>A", answer: "A" },
    { text: "<think>Hm", reasoning: "Hm", answer: "" },
    { text: "<think>a < b </thin x</think>A", reasoning: "a < b </thin x", answer: "A" },
    { text: "<think>Hm</think>", reasoning: "Hm", answer: "" },
    { text: "<think>Hm</think>a<think>b</think>", reasoning: "Hm", answer: "a<think>b</think>" },
    { text: "Use <think> so", answer: "Use <think> so" },
    { text: "<thin", answer: "<thin" },
    { text: "<thinking>x", answer: "<thinking>x" },
    { text: "", answer: "" },
    { text: "  \n", answer: "  \n" },
  ];
  for (const { text, reasoning = "", answer } of cases) {
    it(`splits ${JSON.stringify(text)}, wherever it is cut`, () => {
      assert.deepEqual(split([text]), { answer, reasoning });
      for (let index = 1; index < text.length; index++) {
        assert.deepEqual(
          split([text.slice(0, index), text.slice(index)]),
          { answer, reasoning },
          `at ${index}`,
        );
      }
      assert.deepEqual(split(Array.from(text)), { answer, reasoning }, "letter by letter");
    });
  }

  it("says the same however the text is cut (property)", () => {
    const part = fc.constantFrom("<think>", "</think>", "<", "think", "</", ">", " ", "\n", "a");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (pieces) => {
        assert.deepEqual(split(pieces), split([pieces.join("")]));
      }),
      { numRuns: 2000 },
    );
  });
});
