import assert from "node:assert/strict";

import type { StreamEvent } from "../../../../src/core/chat/streamEvent.ts";
import {
  emptyTranscript,
  foldEvent,
  timingsOf,
  type Transcript,
} from "../../../../src/core/chat/transcript.ts";
import { aFinding } from "../../../support/builders.ts";

/** Folds events that come at these times. */
const fold = (...events: readonly (readonly [nowMs: number, event: StreamEvent])[]): Transcript =>
  events.reduce((before, [nowMs, event]) => foldEvent(before, event, nowMs), emptyTranscript);

const ended = { kind: "ended", outcome: { kind: "finished", finishReason: "stop" } } as const;

describe("foldEvent", () => {
  it("joins the texts of each lane", () => {
    const { answer, reasoning } = fold(
      [1, { kind: "reasoning", text: "H" }],
      [2, { kind: "answer", text: "a" }],
      [3, { kind: "reasoning", text: "m" }],
      [4, { kind: "answer", text: "b" }],
    );
    assert.deepEqual([answer, reasoning], ["ab", "Hm"]);
  });

  it("takes the time of the first and the last content, and of nothing else", () => {
    const { firstAtMs, lastAtMs } = fold(
      [1, { kind: "opened", status: 200 }],
      [2, { kind: "noticed", finding: aFinding("stream.plain-json") }],
      [3, { kind: "reasoning", text: "a" }],
      [4, { kind: "tool-call", index: 0, name: "f", argumentsText: "" }],
      [5, { kind: "usage", usage: { completionTokens: 1 } }],
      [6, ended],
    );
    assert.deepEqual([firstAtMs, lastAtMs], [3, 4]);
  });

  it("puts later counts over earlier ones, and keeps what they leave out", () => {
    const { usage } = fold(
      [1, { kind: "usage", usage: { promptTokens: 9, completionTokens: 1 } }],
      [2, { kind: "usage", usage: { completionTokens: 2 } }],
    );
    assert.deepEqual(usage, { promptTokens: 9, completionTokens: 2 });
  });

  it("tells why it failed before what was noticed on the way", () => {
    const { findings, outcome } = fold(
      [1, { kind: "noticed", finding: aFinding("http.malformed") }],
      [2, { kind: "ended", outcome: { kind: "failed", findings: [aFinding("stream.cut")] } }],
    );
    assert.deepEqual(
      findings.map(({ code }) => code),
      ["stream.cut", "http.malformed"],
    );
    assert.equal(outcome?.kind, "failed");
  });

  for (const index of [-5, 7, 1e9]) {
    it(`adds a tool call with the odd index ${index}, and loses none`, () => {
      const { toolCalls } = fold(
        [1, { kind: "tool-call", index: 0, name: "a", argumentsText: "" }],
        [2, { kind: "tool-call", index, name: "b", argumentsText: "{}" }],
      );
      assert.match(toolCalls.map(({ name }) => name).join(""), /^ab$/);
    });
  }
});

describe("timingsOf", () => {
  const text = (nowMs: number): readonly [number, StreamEvent] => [nowMs, { kind: "answer", text: "x" }];
  const usage = (completionTokens: number): readonly [number, StreamEvent] => [
    0,
    { kind: "usage", usage: { completionTokens } },
  ];

  const cases: readonly { name: string; transcript: Transcript; expected: object }[] = [
    { name: "no content", transcript: fold([5, ended]), expected: { endToEndMs: 1000 } },
    { name: "no usage", transcript: fold(text(300)), expected: { ttftMs: 200, endToEndMs: 1000 } },
    // TPOT = (E2EL − TTFT)/(N − 1) = (1000 − 200)/(41 − 1) = 20 ms, so 50 tokens a second.
    {
      name: "41 tokens",
      transcript: fold(text(300), text(900), usage(41)),
      expected: { ttftMs: 200, endToEndMs: 1000, tokensPerSecond: 50 },
    },
    {
      name: "one token, which has no time between tokens",
      transcript: fold(text(300), usage(1)),
      expected: { ttftMs: 200, endToEndMs: 1000 },
    },
    {
      name: "everything at the end",
      transcript: fold(text(1100), usage(41)),
      expected: { ttftMs: 1000, endToEndMs: 1000 },
    },
  ];
  for (const { name, transcript, expected } of cases) {
    it(`of a run with ${name}`, () => assert.deepEqual(timingsOf(transcript, 100, 1100), expected));
  }
});
