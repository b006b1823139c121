import assert from "node:assert/strict";

import fc from "fast-check";

import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";

const key = "sk-secret-0123456789";
const redactor = createRedactor();
redactor.know(key);

const chunk = (content: string, rest: object = {}): string =>
  JSON.stringify({ id: "c1", choices: [{ index: 0, delta: { content } }], ...rest });
const streamOf = (events: readonly string[]): string => events.map((event) => `data: ${event}\n\n`).join("");
/** What they spell, put together. */
const spelt = (events: readonly string[]): string =>
  events
    .map(
      (event) =>
        (JSON.parse(event) as { choices: [{ delta: { content: string } }] }).choices[0].delta.content,
    )
    .join("");
const eventsIn = (stream: string): readonly string[] =>
  stream.split("\n").flatMap((line) => (line.startsWith("data: ") ? [line.slice(6)] : []));

describe("a secret that is spelt over several events", () => {
  it("is in none of them, wherever it is split, nor in the text of the stream", () => {
    for (let first = 1; first < key.length; first++) {
      for (let second = first; second <= key.length; second++) {
        const pieces = [
          "My key is ",
          key.slice(0, first),
          key.slice(first, second),
          `${key.slice(second)}, yes`,
        ];
        const events = pieces.map((piece) => chunk(piece));
        const clean = redactor.cleanEvents(events);
        assert.equal(spelt(clean), "My key is •••, yes", `${first} ${second}`);
        assert.deepEqual(eventsIn(redactor.clean(streamOf(events))), clean);
      }
    }
  });

  it("is marked where it begins, and the rest of each event stays as it came", () => {
    const events = [
      '{"a" : 1.00, "t":"x sk-sec"}',
      '{"t":"ret-0123"}',
      '{"t":"456789 y", "b":12345678901234567890}',
    ];
    assert.deepEqual(redactor.cleanEvents(events), [
      '{"a" : 1.00, "t":"x •••"}',
      '{"t":""}',
      '{"t":" y", "b":12345678901234567890}',
    ]);
  });

  it("is found in pieces of calls that come in turns, and where only some say which they belong to", () => {
    const call = (index: number | undefined, text: string): string =>
      JSON.stringify({
        tool_calls: [{ ...(index === undefined ? {} : { index }), function: { arguments: text } }],
      });
    const turns = [
      call(0, "sk-secr"),
      call(1, "nothing"),
      call(0, "et-01234"),
      call(1, " here"),
      call(0, "56789"),
    ];
    assert.doesNotMatch(redactor.cleanEvents(turns).join(), /secr|et-0|5678/);
    assert.match(redactor.cleanEvents(turns).join(), /nothing.* here/);
    const some = [call(0, "sk-secr"), call(undefined, "et-01234"), call(undefined, "56789")];
    assert.doesNotMatch(redactor.cleanEvents(some).join(), /secr|et-0|5678/);
  });

  it("is found behind escapes", () => {
    const events = ['{"t":"\\u0073k-\\u0073"}', '{"t":"ecret\\u002d012345"}', '{"t":"6789\\n\\"ok\\""}'];
    assert.deepEqual(redactor.cleanEvents(events), ['{"t":"•••"}', '{"t":""}', '{"t":"\\n\\"ok\\""}']);
  });

  it("is found where each event repeats what came before, but for its first characters", () => {
    const events = [6, 8, 15, 20].map((length) => JSON.stringify({ text: `Key: ${key.slice(0, length)}` }));
    assert.deepEqual(redactor.cleanEvents(events), [
      '{"text":"Key: sk-sec"}',
      ...Array.from({ length: 3 }, () => '{"text":"Key: •••"}'),
    ]);
  });

  it("is not shown up to its last characters while they have not come", () => {
    const events = ["sk-s", "ecre", "t-01"].map((piece) => chunk(piece));
    assert.equal(spelt(redactor.cleanEvents(events)), "•••");
    assert.equal(spelt(redactor.cleanEvents([...events, chunk("9")])), "sk-secret-019");
  });

  it("is found where the last event is cut off, and where an event has several lines", () => {
    const cut = 'data: {"t":"sk-secr"}\n\ndata: {"t":"et-0123456789';
    assert.equal(redactor.clean(cut), 'data: {"t":"•••"}\n\ndata: {"t":"');
    const lines = 'data: {\ndata: "t":"sk-secr"}\r\n\r\ndata: {"t":\r\ndata: "et-0123456789"}\r\n\r\n';
    assert.equal(redactor.clean(lines), 'data: {\ndata: "t":"•••"}\r\n\r\ndata: {"t":\r\ndata: ""}\r\n\r\n');
  });

  /** As docs/security.md says. */
  it("is not seen where a server spells it by other means than one field", () => {
    const bytes = [...Buffer.from(key)].map((byte) => JSON.stringify({ bytes: [byte] }));
    const fields = ['{"a":"sk-sec"}', '{"b":"ret-0123456789"}'];
    const texts = ["sk-sec", "ret-0123456789"];
    for (const events of [bytes, fields, texts]) {
      assert.deepEqual(redactor.cleanEvents(events), events);
    }
  });

  it("leaves events alone that spell none, whatever they are", () => {
    const event = fc.oneof(fc.json(), fc.string(), fc.constantFrom("[DONE]", "", "{", '{"a":"', "[[[[", '"'));
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), (events) => {
        assert.deepEqual(redactor.cleanEvents(events), events);
        assert.equal(redactor.clean(streamOf(events)), streamOf(events));
      }),
    );
  });

  it("is looked for in a long stream, a long line and deep brackets", () => {
    const events = Array.from({ length: 20_000 }, (_, index) => chunk(`word ${index} `));
    assert.deepEqual(redactor.cleanEvents(events), events);
    const long = `data: {"t":"${'\\"a'.repeat(300_000)}"}`;
    assert.equal(redactor.clean(long), long);
    const deep = `data: ${"[".repeat(200_000)}`;
    assert.equal(redactor.clean(deep), deep);
  });
});
