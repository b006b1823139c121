import assert from "node:assert/strict";

import fc from "fast-check";

import { createThinkSplitter, type LanePiece } from "../../../../src/core/chat/thinkSplitter.ts";

interface Lanes {
  readonly answer: string;
  readonly reasoning: string;
}

function split(pieces: readonly string[], reasoned?: "elsewhere"): Lanes {
  const splitter = createThinkSplitter();
  if (reasoned !== undefined) {
    splitter.reasonedElsewhere();
  }
  const all = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
  return all.reduce(add, { answer: "", reasoning: "" });
}

function add({ answer, reasoning }: Lanes, piece: LanePiece): Lanes {
  switch (piece.kind) {
    case "answer":
      return { answer: answer + piece.text, reasoning };
    case "reasoning":
      return { answer, reasoning: reasoning + piece.text };
    case "relabelled":
      return { answer: "", reasoning: reasoning + answer };
  }
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
    { text: "<think>Hm</thi", reasoning: "Hm</thi", answer: "" },
    { text: "<think>Hm</think>", reasoning: "Hm", answer: "" },
    { text: "<think>Hm</think>a<think>b</think>", reasoning: "Hm", answer: "a<think>b</think>" },
    { text: "Use <think> so", answer: "Use <think> so" },
    { text: "<thin", answer: "<thin" },
    { text: "<thinking>x", answer: "<thinking>x" },
    // The opening tag stood in the prompt (Qwen3-Thinking-2507, DeepSeek-R1).
    { text: "Hm.\n</think>\n\nA", reasoning: "Hm.\n", answer: "A" },
    { text: "Hm.</think>A </think> B", reasoning: "Hm.", answer: "A </think> B" },
    { text: "</think>\n\nA", answer: "A" },
    { text: "a < b, Hm</think>A", reasoning: "a < b, Hm", answer: "A" },
    // Somebody writes about the tags.
    { text: "End it with `</think>`.", answer: "End it with `</think>`." },
    { text: 'The mark "</think>" ends it.</think>', answer: 'The mark "</think>" ends it.</think>' },
    { text: "Between <think> and </think>", answer: "Between <think> and </think>" },
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

  it("leaves a closing tag alone where reasoning came in a field of its own", () => {
    assert.deepEqual(split(["Hm</think>A"], "elsewhere"), { answer: "Hm</think>A", reasoning: "" });
  });

  it("says the same however the text is cut (property)", () => {
    const part = fc.constantFrom("<think>", "</think>", "<", "think", "</", ">", " ", "\n", "a", "`");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (pieces) => {
        assert.deepEqual(split(pieces), split([pieces.join("")]));
      }),
      { numRuns: 2000 },
    );
  });
});
