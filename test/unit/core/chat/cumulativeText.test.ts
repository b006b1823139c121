import assert from "node:assert/strict";

import fc from "fast-check";

import { createCumulativeText, type Grown } from "../../../../src/core/chat/cumulativeText.ts";

/** What the texts of one lane add up to. */
function grown(texts: readonly string[]): string {
  const cumulative = createCumulativeText();
  const all = [...texts.flatMap((text) => cumulative.push("a", text)), ...cumulative.end()];
  return textOf(all, "a");
}

function textOf(all: readonly Grown[], wanted: string): string {
  return all.flatMap(({ lane, text }) => (lane === wanted ? [text] : [])).join("");
}

describe("createCumulativeText", () => {
  const cases: readonly { readonly texts: readonly string[]; readonly whole: string }[] = [
    { texts: [], whole: "" },
    { texts: ["Hi"], whole: "Hi" },
    { texts: ["Hello", " ", "world"], whole: "Hello world" },
    { texts: ["Hello", "Hello ", "Hello world", "Hello world"], whole: "Hello world" },
    { texts: ["", "Hello", "", "Hello world"], whole: "Hello world" },
    // It looked as if it repeated, until it did not.
    { texts: ["ha", "haha", "!"], whole: "hahaha!" },
  ];
  for (const { texts, whole } of cases) {
    it(`makes ${JSON.stringify(whole)} of ${JSON.stringify(texts)}`, () => assert.equal(grown(texts), whole));
  }

  it("decides for all lanes at once", () => {
    const cumulative = createCumulativeText();
    const pushes = [
      ["a", "x"],
      ["a", "xx"],
      ["b", "1"],
      ["b", "2"],
      ["a", "x"],
    ] as const;
    const all = pushes.flatMap(([lane, text]) => cumulative.push(lane, text));
    assert.deepEqual([textOf(all, "a"), textOf(all, "b")], ["xxxx", "12"]);
  });

  it("takes a lane that begins anew for new, once it is known that events repeat", () => {
    const cumulative = createCumulativeText();
    const pushes = [
      ["a", "Hello wor"],
      ["a", "Hello world"],
      ["b", "1"],
      ["b", "2"],
      ["b", "2x"],
      ["a", "Hello world!"],
    ] as const;
    const all = [...pushes.flatMap(([lane, text]) => cumulative.push(lane, text)), ...cumulative.end()];
    assert.deepEqual([textOf(all, "a"), textOf(all, "b")], ["Hello world!", "12x"]);
  });

  it("passes on each piece as soon as it is certain", () => {
    const cumulative = createCumulativeText();
    assert.deepEqual(
      ["Hello wor", "Hello world", "Hello world!"].map((text) => textOf(cumulative.push("a", text), "a")),
      ["Hello wor", "ld", "!"],
    );
  });

  it("gives the same text for a stream and for its cumulative form (property)", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { maxLength: 12 }), (pieces) => {
        const whole = pieces.join("");
        const sums = pieces.map((_, index) => pieces.slice(0, index + 1).join(""));
        assert.equal(grown(sums), whole);
      }),
    );
  });
});
