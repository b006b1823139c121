import assert from "node:assert/strict";

import fc from "fast-check";

import type { StreamEvent, Usage } from "../../../../src/core/chat/streamEvent.ts";
import {
  connectionOf,
  createRunMeter,
  gapsOf,
  type Measured,
  timelineOf,
} from "../../../../src/core/chat/timings.ts";

type Timed = readonly [nowMs: number, event: StreamEvent];

const answer = (nowMs: number, text = "word"): Timed => [nowMs, { kind: "answer", text }];
const reasoning = (nowMs: number, text = "word"): Timed => [nowMs, { kind: "reasoning", text }];
const counted = (usage: Usage): Timed => [0, { kind: "usage", usage }];

/** Of a run that was sent at 100 and ended at 1100. */
function measure(...events: readonly Timed[]): Measured {
  const meter = createRunMeter();
  events.forEach(([nowMs, event]) => meter.note(event, nowMs));
  return meter.measured(100, 1100);
}

describe("createRunMeter", () => {
  it("knows only the end of a run without content", () => {
    assert.deepEqual(measure([5, { kind: "ended", outcome: { kind: "stopped" } }]), {
      timings: { endToEndMs: 1000 },
    });
  });

  it("takes the first content, reasoning or tool call, and apart from it the first answer", () => {
    const call: StreamEvent = { kind: "tool-call", index: 0, name: "f", argumentsText: "" };
    const opened: StreamEvent = { kind: "opened", status: 200 };
    const first = (...events: readonly Timed[]) => {
      const { ttftMs, firstAnswerMs } = measure([110, opened], ...events).timings;
      return [ttftMs, firstAnswerMs];
    };
    assert.deepEqual(first(answer(300)), [200, 200]);
    assert.deepEqual(first(reasoning(300), reasoning(400), answer(700)), [200, 600]);
    assert.deepEqual(first([250, call]), [150, undefined]);
  });

  it("takes back the first answer when that was reasoning", () => {
    const { timings } = measure(answer(300), answer(400), [500, { kind: "relabelled" }], answer(500));
    assert.deepEqual([timings.ttftMs, timings.firstAnswerMs], [200, 400]);
    assert.deepEqual(
      timings.timeline?.map(({ lane }) => lane),
      ["reasoning", "reasoning", "answer"],
    );
  });

  it("takes back the first answer alone: a tool call stays one, and the estimate counts the reasoning", () => {
    const call: StreamEvent = { kind: "tool-call", index: 0, name: "f", argumentsText: "{}" };
    const { timings, estimate } = measure(answer(300), [400, call], [500, { kind: "relabelled" }]);
    assert.deepEqual(
      timings.timeline?.map(({ lane }) => lane),
      ["reasoning", "tool-call"],
    );
    assert.deepEqual(estimate, {
      estimated: true,
      completionTokens: 2,
      reasoningTokens: 1,
      method: "chunks",
    });
  });

  it("has the gaps, and the timeline counted from the moment of sending", () => {
    const { timings } = measure(reasoning(300, "ab"), answer(400, "c"), answer(600, "defg"));
    assert.deepEqual(timings.gaps, { count: 2, meanMs: 150, p50Ms: 150, p95Ms: 195, maxMs: 200 });
    assert.deepEqual(timings.timeline, [
      { atMs: 200, chunks: 1, characters: 2, lane: "reasoning" },
      { atMs: 300, chunks: 1, characters: 1, lane: "answer" },
      { atMs: 500, chunks: 1, characters: 4, lane: "answer" },
    ]);
  });

  it("estimates what the server did not count, and says nothing where it counted", () => {
    const words = [300, 400, 500].map((ms) => answer(ms));
    assert.deepEqual(measure(...words).estimate, {
      estimated: true,
      completionTokens: 3,
      method: "chunks",
    });
    assert.equal(measure(...words, counted({ completionTokens: 5 })).estimate, undefined);
  });

  it("keeps a count that a later chunk with usage leaves out", () => {
    const { timings } = measure(
      answer(300),
      answer(900),
      counted({ completionTokens: 41 }),
      counted({ promptTokens: 9 }),
    );
    assert.deepEqual([timings.tpotMs, timings.estimated], [20, undefined]);
  });

  // TPOT = (E2EL − TTFT)/(N − 1) = (1000 − 200)/(41 − 1) = 20 ms, so 50 tokens a second.
  const paces: readonly { name: string; events: readonly Timed[]; pace: object }[] = [
    {
      name: "41 counted tokens",
      events: [answer(300), answer(900), counted({ completionTokens: 41 })],
      pace: { tpotMs: 20, tokensPerSecond: 50 },
    },
    {
      name: "two tokens",
      events: [answer(300), answer(400), counted({ completionTokens: 2 })],
      pace: { tpotMs: 800, tokensPerSecond: 1.25 },
    },
    {
      name: "one token, which has no time between tokens",
      events: [answer(300), answer(400), counted({ completionTokens: 1 })],
      pace: {},
    },
    {
      name: "a reply in one piece",
      events: [answer(300), counted({ completionTokens: 41 })],
      pace: {},
    },
    {
      name: "everything at the end",
      events: [answer(1100), answer(1100), counted({ completionTokens: 41 })],
      pace: {},
    },
    {
      // 5 chunks of 4 letters: (1000 − 200)/(5 − 1) = 200 ms.
      name: "no usage, marked as estimated",
      events: [300, 400, 500, 600, 700].map((ms) => answer(ms)),
      pace: { tpotMs: 200, tokensPerSecond: 5, estimated: true },
    },
  ];
  for (const { name, events, pace } of paces) {
    it(`gives the pace of ${name}`, () => {
      const { tpotMs, tokensPerSecond, estimated } = measure(...events).timings;
      const found = { tpotMs, tokensPerSecond, estimated };
      assert.deepEqual(
        Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)),
        pace,
      );
    });
  }

  it("passes on bytes and the parts of the connection", () => {
    const { timings } = measure(
      [120, { kind: "opened", status: 200, timings: { connectMs: 5, firstByteMs: 20 } }],
      [900, { kind: "received", bytes: 1234 }],
    );
    assert.deepEqual(timings, {
      endToEndMs: 1000,
      connection: { connectMs: 5, waitingMs: 15 },
      bytes: 1234,
    });
  });
});

describe("gapsOf", () => {
  it("is undefined without a gap", () => {
    assert.deepEqual([gapsOf([]), gapsOf([5])], [undefined, undefined]);
  });

  it("is linear between ranks, as numpy and vLLM's benchmark are", () => {
    // Gaps 10, 20, 30, 40: p50 at rank 1.5 = 25, p95 at rank 2.85 = 30 + 0.85 × 10.
    assert.deepEqual(gapsOf([0, 40, 60, 90, 100]), {
      count: 4,
      meanMs: 25,
      p50Ms: 25,
      p95Ms: 38.5,
      maxMs: 40,
    });
  });
});

describe("timelineOf", () => {
  const chunk = (atMs: number) => ({ atMs, characters: 2, lane: "answer" }) as const;

  it("shows each chunk while they are few", () => {
    assert.deepEqual(timelineOf([chunk(1), chunk(1), chunk(7)]), [
      { ...chunk(1), chunks: 1 },
      { ...chunk(1), chunks: 1 },
      { ...chunk(7), chunks: 1 },
    ]);
  });

  it("shows 200 chunks one by one, and no more", () => {
    const bins = (count: number) => timelineOf(Array.from({ length: count }, (_, index) => chunk(index)));
    assert.ok(bins(200).every(({ chunks }) => chunks === 1));
    assert.ok(bins(201).some(({ chunks }) => chunks > 1));
  });

  it("puts those of 5 ms together where 1000 chunks came in 999 ms, however late they began", () => {
    const bins = timelineOf(Array.from({ length: 1000 }, (_, index) => chunk(5_000 + index)));
    assert.deepEqual(
      bins,
      Array.from({ length: 200 }, (_, index) => ({
        atMs: 5_000 + 5 * index,
        chunks: 5,
        characters: 10,
        lane: "answer",
      })),
    );
  });

  it("loses no chunk and no character, and is bounded (property)", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { maxLength: 1000 }), (times) => {
        const bins = timelineOf(times.sort((a, b) => a - b).map(chunk));
        assert.ok(bins.length <= 200);
        assert.equal(
          bins.reduce((sum, { chunks }) => sum + chunks, 0),
          times.length,
        );
        assert.equal(
          bins.reduce((sum, { characters }) => sum + characters, 0),
          times.length * 2,
        );
      }),
    );
  });
});

describe("connectionOf", () => {
  it("takes the moments apart", () => {
    assert.deepEqual(connectionOf({ lookupMs: 3, connectMs: 10, tlsMs: 30, firstByteMs: 100 }), {
      lookupMs: 3,
      connectMs: 7,
      tlsMs: 20,
      waitingMs: 70,
    });
  });

  it("has nothing but waiting on a kept connection, and nothing where nothing was measured", () => {
    assert.deepEqual(connectionOf({ firstByteMs: 100, totalMs: 120 }), { waitingMs: 100 });
    assert.deepEqual([connectionOf({ totalMs: 1 }), connectionOf(undefined)], [undefined, undefined]);
  });
});
