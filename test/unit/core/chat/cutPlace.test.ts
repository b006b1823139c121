import assert from "node:assert/strict";

import { createCutPlace } from "../../../../src/core/chat/cutPlace.ts";
import type { StreamEvent } from "../../../../src/core/chat/streamEvent.ts";
import type { FindingCode } from "../../../../src/core/diagnosis/finding.ts";

const failed = (code: FindingCode): StreamEvent => ({
  kind: "ended",
  outcome: { kind: "failed", findings: [{ code, severity: "blocker", evidence: ["first"], fixes: [] }] },
});

function evidence(
  events: readonly StreamEvent[],
  code: FindingCode = "stream.cut",
  ms?: number,
): readonly string[] {
  const place = createCutPlace();
  events.forEach((event) => place.note(event));
  const ended = place.located(failed(code), 42, ms);
  assert.ok(ended.kind === "ended" && ended.outcome.kind === "failed");
  return ended.outcome.findings[0]?.evidence ?? [];
}

const answer = (text: string): StreamEvent => ({ kind: "answer", text });

describe("where a stream was cut", () => {
  it("is said with what had come of each lane, the bytes, the time and the last words", () => {
    const events: readonly StreamEvent[] = [
      { kind: "reasoning", text: "Hm" },
      answer("It is "),
      { kind: "usage", usage: { completionTokens: 3 } },
      answer("half\nof"),
      { kind: "tool-call", index: 0, name: "f", argumentsText: "{" },
    ];
    assert.deepEqual(evidence(events, "stream.cut", 12.4), [
      "first",
      "ended after 13 characters of answer, 2 of reasoning, 2 of tool calls, 3 tokens by the server's count, 42 bytes, 12 ms after the request",
      "last words: f{",
    ]);
  });

  it("leaves the finding otherwise as it was, and the other findings", () => {
    const [cut, other] = (["stream.stalled", "http.malformed"] as const).map(
      (code) =>
        ({ code, severity: "blocker", evidence: ["first"], fixes: [{ kind: "test-again" }] }) as const,
    );
    assert.ok(cut !== undefined && other !== undefined);
    const place = createCutPlace();
    const outcome = { kind: "failed", findings: [cut, other] } as const;
    assert.deepEqual(place.located({ kind: "ended", outcome }, 1, undefined), {
      kind: "ended",
      outcome: {
        kind: "failed",
        findings: [{ ...cut, evidence: ["first", "ended after 0 characters of answer, 1 bytes"] }, other],
      },
    });
  });

  for (const kind of ["answer", "reasoning"] as const) {
    it(`joins the last words of several pieces of ${kind}, and of no other lane`, () => {
      const other = kind === "answer" ? "reasoning" : "answer";
      const pieces = [
        { kind: other, text: "Before. " },
        { kind, text: "It is " },
        { kind, text: "half" },
      ] as const;
      assert.equal(evidence(pieces)[2], "last words: It is half");
    });
  }

  it("keeps the server's count where a later chunk with usage has none", () => {
    const usages = [{ completionTokens: 3 }, { promptTokens: 9 }];
    const events = usages.map((usage): StreamEvent => ({ kind: "usage", usage }));
    assert.match(evidence(events)[1] ?? "", /, 3 tokens by the server's count/);
  });

  it("counts an answer that turned out to be reasoning as that", () => {
    assert.match(
      evidence([answer("Hm"), { kind: "relabelled" }])[1] ?? "",
      /0 characters of answer, 2 of reasoning/,
    );
  });

  it("says that nothing had come", () => {
    assert.deepEqual(evidence([]), ["first", "ended after 0 characters of answer, 42 bytes"]);
  });

  it("is said of a stall too, and of no other end", () => {
    assert.equal(evidence([answer("a")], "stream.stalled").length, 3);
    assert.deepEqual(evidence([answer("a")], "stream.error-event"), ["first"]);
    const stopped: StreamEvent = { kind: "ended", outcome: { kind: "stopped" } };
    assert.equal(createCutPlace().located(stopped, 1, 1), stopped);
  });

  it("never begins in the middle of a word, which could be a key", () => {
    const key = `sk-${"a1b2c3d4".repeat(8)}`;
    const [, , words] = evidence([answer(`${"word ".repeat(20)}${key} and then some`)]);
    assert.equal(words, "last words: …and then some");
    assert.equal(evidence([answer("x".repeat(500))]).length, 2);
    assert.match(evidence([answer("好".repeat(500))])[2] ?? "", /^last words: …好{80}$/);
  });
});
