import assert from "node:assert/strict";

import type { StreamEvent } from "../../../../src/core/chat/streamEvent.ts";
import { withAppended } from "../../../../src/core/chat/appended.ts";
import { emptyTranscript, foldEvent, type Transcript } from "../../../../src/core/chat/transcript.ts";
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

  it("moves the answer so far to the reasoning when that is what it was", () => {
    const { answer, reasoning } = fold(
      [1, { kind: "answer", text: "Hm" }],
      [2, { kind: "relabelled" }],
      [3, { kind: "answer", text: "A" }],
    );
    assert.deepEqual([answer, reasoning], ["A", "Hm"]);
  });

  it("keeps the id of a tool call, whenever it is told", () => {
    const { toolCalls } = fold(
      [1, { kind: "tool-call", index: 0, name: "f", argumentsText: "{" }],
      [2, { kind: "tool-call", index: 0, id: "call_1", name: "", argumentsText: "}" }],
      [3, { kind: "tool-call", index: 0, id: "call_2", name: "", argumentsText: "" }],
    );
    assert.deepEqual(toolCalls, [{ id: "call_1", name: "f", argumentsText: "{}" }]);
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

  it("keeps all that came before, whatever comes next", () => {
    const all = fold(
      [1, { kind: "reasoning", text: "Hm" }],
      [2, { kind: "tool-call", index: 0, name: "f", argumentsText: "{}" }],
      [3, { kind: "usage", usage: { completionTokens: 3 } }],
      [4, { kind: "noticed", finding: aFinding("http.malformed") }],
      [5, { kind: "noticed", finding: aFinding("stream.no-done") }],
      [6, { kind: "answer", text: "A" }],
      [7, { kind: "reasoning", text: "!" }],
      [8, ended],
    );
    assert.deepEqual(all, {
      answer: "A",
      reasoning: "Hm!",
      toolCalls: [{ name: "f", argumentsText: "{}" }],
      usage: { completionTokens: 3 },
      findings: [aFinding("http.malformed"), aFinding("stream.no-done")],
      outcome: ended.outcome,
      firstAtMs: 1,
      lastAtMs: 7,
    });
    const relabelled = foldEvent(all, { kind: "relabelled" }, 9);
    assert.deepEqual(relabelled, { ...all, answer: "", reasoning: "Hm!A" });
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

describe("withAppended", () => {
  it("adds what has come to each lane, and nothing else", () => {
    const before = { answer: "A", reasoning: "H", head: "kept" };
    assert.deepEqual(withAppended(before, { answer: "B", reasoning: "m" }), {
      answer: "AB",
      reasoning: "Hm",
      head: "kept",
    });
  });

  it("moves the answer before it, not what comes with it", () => {
    assert.deepEqual(
      withAppended({ answer: "Hm", reasoning: "" }, { relabelled: true, answer: "A", reasoning: "!" }),
      { answer: "A", reasoning: "Hm!" },
    );
  });

  it("adds to tool calls", () => {
    const { toolCalls } = withAppended(
      { answer: "", reasoning: "", toolCalls: [{ name: "f", argumentsText: "{" }] },
      {
        answer: "",
        reasoning: "",
        toolCalls: [
          { index: 0, name: "", argumentsText: "}" },
          { index: 1, id: "b", name: "g", argumentsText: "" },
        ],
      },
    );
    assert.deepEqual(toolCalls, [
      { name: "f", argumentsText: "{}" },
      { id: "b", name: "g", argumentsText: "" },
    ]);
  });
});
