import assert from "node:assert/strict";

import {
  createTextTally,
  estimateTokens,
  type TextLane,
  type TokenEstimate,
} from "../../../../src/core/chat/tokenEstimate.ts";
import type { Usage } from "../../../../src/core/chat/streamEvent.ts";

function estimate(
  chunks: readonly (readonly [TextLane, string])[],
  usage?: Usage,
): TokenEstimate | undefined {
  const tally = createTextTally();
  chunks.forEach(([lane, text]) => tally.add(lane, text));
  return estimateTokens(tally.counts(), usage);
}

const times = <T>(count: number, value: T): readonly T[] => Array.from({ length: count }, () => value);

describe("estimateTokens", () => {
  it("estimates nothing that the server counted, and nothing of nothing", () => {
    assert.equal(estimate([["answer", "Hello"]], { completionTokens: 2 }), undefined);
    assert.equal(
      estimate(
        [
          ["reasoning", "Hm"],
          ["answer", "Hello"],
        ],
        { completionTokens: 9, reasoningTokens: 3 },
      ),
      undefined,
    );
    assert.equal(estimate([]), undefined);
  });

  it("takes a chunk for a token where its characters bear that out", () => {
    assert.deepEqual(
      estimate([...times(4, ["reasoning", "word"] as const), ...times(6, ["answer", "word"] as const)]),
      {
        estimated: true,
        completionTokens: 10,
        reasoningTokens: 4,
        method: "chunks",
      },
    );
  });

  it("goes by the characters where several tokens come in a chunk", () => {
    // 70 letters / 3.5 = 20, 33 Chinese characters / 1.65 = 20.
    assert.deepEqual(
      estimate([
        ["answer", "a".repeat(70)],
        ["answer", "好".repeat(33)],
      ]),
      {
        estimated: true,
        completionTokens: 40,
        method: "characters",
      },
    );
  });

  // By the rule of thumb a letter is 1/3.5 of a token; a chunk is believed up to a factor of 1.7 either way.
  const believed = [
    { letters: 2, method: "characters" },
    { letters: 3, method: "chunks" },
    { letters: 5, method: "chunks" },
    { letters: 6, method: "characters" },
  ] as const;
  for (const { letters, method } of believed) {
    it(`goes by the ${method} where chunks have ${letters} letters`, () =>
      assert.equal(estimate(times(10, ["answer", "a".repeat(letters)] as const))?.method, method));
  }

  it("goes by the characters of a reply in one piece, and never below one token", () => {
    assert.deepEqual(estimate([["answer", "word"]]), {
      estimated: true,
      completionTokens: 1,
      method: "characters",
    });
    assert.equal(estimate([["answer", "a"]])?.completionTokens, 1);
  });

  it("divides the server's count by the characters of the lanes", () => {
    assert.deepEqual(
      estimate(
        [
          ["reasoning", "a".repeat(30)],
          ["answer", "a".repeat(10)],
        ],
        { completionTokens: 100 },
      ),
      { estimated: true, reasoningTokens: 75, method: "share" },
    );
  });

  it("counts an answer that was reasoning as reasoning", () => {
    const tally = createTextTally();
    tally.add("answer", "a".repeat(30));
    tally.relabel();
    tally.add("answer", "a".repeat(10));
    assert.equal(estimateTokens(tally.counts(), { completionTokens: 100 })?.reasoningTokens, 75);
  });
});
