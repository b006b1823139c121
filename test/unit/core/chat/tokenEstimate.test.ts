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
