import assert from "node:assert/strict";

import { eventPage, eventsOnPage } from "../../../../src/core/chat/eventPage.ts";
import type { WireEvent } from "../../../../src/core/chat/runWire.ts";

const event = (atMs: number, text: string, more: Partial<WireEvent> = {}): WireEvent => ({
  ...{ atMs, kind: "data", text },
  ...more,
});
const events = [
  event(10, '{"content":"Hello"}'),
  event(12, "ping", { kind: "comment" }),
  event(40, "boom", { name: "error" }),
  event(41, "[DONE]"),
  event(45, "ECONNRESET", { kind: "end" }),
];

describe("the events of a stream in pages", () => {
  it("have their place and the time since the event before", () => {
    const { matching, events: rows } = eventPage(events, "", 0);
    assert.equal(matching, 5);
    assert.deepEqual(
      rows.map(({ index, gapMs }) => [index, gapMs]),
      [
        [0, undefined],
        [1, 2],
        [2, 28],
        [3, 1],
        [4, 4],
      ],
    );
  });

  it("keep what they were, and say how long they are only where they are cut", () => {
    assert.deepEqual(eventPage(events, "error", 0).events, [
      { atMs: 40, kind: "data", name: "error", text: "boom", index: 2, gapMs: 28 },
    ]);
    const [whole] = eventPage([event(1, "x".repeat(4096))], "", 0).events;
    assert.deepEqual([whole?.text.length, whole?.characters], [4096, undefined]);
  });

  for (const { filter, found } of [
    { filter: "hELLO", found: [0] },
    { filter: "ERROR", found: [2] },
    { filter: "comment", found: [1] },
    { filter: "econn", found: [4] },
    { filter: "[", found: [3] },
    { filter: "nothing", found: [] },
  ]) {
    it(`are filtered by ${filter} in text, name or kind`, () => {
      const { matching, events: rows } = eventPage(events, filter, 0);
      assert.deepEqual([matching, rows.map(({ index }) => index)], [found.length, found]);
    });
  }

  it("keep the time since the event before it, also when that is filtered out", () => {
    assert.equal(eventPage(events, "boom", 0).events[0]?.gapMs, 28);
  });

  it("come so many at once, from where it is asked", () => {
    const many = Array.from({ length: 1_000 }, (_, index) => event(index, index % 2 === 0 ? "even" : "odd"));
    const page = eventPage(many, "even", 400);
    assert.deepEqual([page.matching, page.events.length, page.events[0]?.index], [500, 100, 800]);
    assert.equal(eventPage(many, "", 0).events.length, eventsOnPage);
  });

  it("show the start of a long text and say how long it is", () => {
    const [row] = eventPage([event(1, "x".repeat(1_000_000))], "", 0).events;
    assert.deepEqual([row?.text.length, row?.characters], [4096, 1_000_000]);
  });
});
