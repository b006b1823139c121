import assert from "node:assert/strict";
import fc from "fast-check";
import { AnswerSpeaker } from "../../../src/webview/spoken/answerSpeaker.ts";
import { createSentences } from "../../../src/webview/spoken/sentences.ts";

function sentencesOf(pieces: readonly string[]): readonly string[] {
  const sentences = createSentences();
  return [...pieces.flatMap((piece) => sentences.push(piece)), ...sentences.end()];
}

const texts: readonly (readonly [name: string, source: string, said: readonly string[]])[] = [
  ["sentences", "It is blue. Is it? Yes! And", ["It is blue.", "Is it?", "Yes!", "And"]],
  ["Chinese sentences", "天空是蓝色的。为什么？因为散射！", ["天空是蓝色的。", "为什么？", "因为散射！"]],
  ["numbers and names of files", "It is 3.5 in a.txt now. Next", ["It is 3.5 in a.txt now.", "Next"]],
  ["emphasis", "**It is blue.** And *so* __on__ ~~not~~.", ["It is blue.", "And so on not."]],
  [
    "emphasis before a full stop",
    "It is **blue**. _So_ **a** 2*3 or x * y.",
    ["It is blue.", "So a 2*3 or x * y."],
  ],
  ["names with lines below", "Use snake_case_name here.", ["Use snake_case_name here."]],
  ["inline code", "Call `a.b! C` now. Then", ["Call a.b! C now.", "Then"]],
  ["links", "See [the. Notes](https://a.invalid/b?C=d.E) now.", ["See the. Notes now."]],
  [
    "links without spaces",
    "See [the notes](https://a.invalid/b?c.D) now. Next",
    ["See the notes now.", "Next"],
  ],
  ["formulas", "So $a! B$ holds. \\(c. D\\) too.", ["So formula holds.", "formula too."]],
  ["headings and lists", "## Why\n\n1. First.\n2. Second\n- *x*", ["Why", "First.", "Second", "x"]],
  ["quotations", "> One.\n> > Two.", ["One.", "Two."]],
  ["no code", "So:\n\n```python\nprint. Me\n```\n\nDone.", ["So:", "Done."]],
  ["no code in a list", "- So:\n  ~~~\n  x. Y\n  ~~~\n- z", ["So:", "z"]],
  ["no displayed formula", "So\n$$\na. B\n$$\nand\n\\[ c. D \\]\nend", ["So", "and", "end"]],
  ["no code that shows a fence in a line", "```\nx ``` y\nz. Z\n```\nDone.", ["Done."]],
  ["no code in tildes that shows backticks", "~~~\n```\nx. Y\n~~~\nDone.", ["Done."]],
  ["no formula of several lines", "\\[\nc. D\ne \\]\nend", ["end"]],
  ["what follows a formula in one line", "$$ a. B $$\nend. Next", ["end.", "Next"]],
  ["a language behind a fence that is no sentence", "```js run me. Now\nx\n```\nDone.", ["Done."]],
  ["tables by their rows", "| a | b |\n| --- | :-: |\n| 1. X | 2 |", ["a, b", "1. X, 2"]],
  ["no lines and rules", "a\n\n---\n***\n\nb", ["a", "b"]],
  ["overrides to be seen", "a \u202Eb. C", ["a [U+202E]b.", "C"]],
];

describe("an answer in sentences", () => {
  for (const [name, source, said] of texts) {
    it(`has ${name}`, () => {
      assert.deepEqual(sentencesOf([source]), said);
      assert.deepEqual(sentencesOf(source.split("")), said);
    });
  }

  it("says nothing twice and leaves nothing out, however it is cut into pieces", () => {
    const word = fc.constantFrom(
      "One",
      "two.",
      "Three!",
      "4.",
      "（五）。",
      "six\n",
      "seven:\n\n",
      "**eight**",
      "`nine. X`",
      "e.g.",
    );
    const cuts = fc.array(fc.nat(200), { maxLength: 10 });
    const letters = (said: readonly string[]): string => said.join("").replace(/[^\p{L}\p{N}]/gu, "");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), cuts, (words, at) => {
        const text = words.join(" ");
        const ends = [0, ...at.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
        const pieces = ends.slice(1).map((end, index) => text.slice(ends[index], end));
        assert.equal(letters(sentencesOf(pieces)), letters(sentencesOf([text])));
      }),
      { numRuns: 1_000 },
    );
  });

  it("gives a line of 1 MB up", () => {
    const sentences = createSentences();
    const found = Array.from({ length: 1_000 }, () => sentences.push("x".repeat(1_000))).flat();
    assert.deepEqual([...found, ...sentences.push("\nShort. "), ...sentences.end()], ["Short."]);
  });
});

function aSpeaker(before = ""): {
  readonly speaker: AnswerSpeaker;
  readonly said: string[];
  readonly pass: () => void;
  isHeard: boolean;
} {
  const said: string[] = [];
  let work: (() => void) | undefined;
  const set = {
    said,
    isHeard: true,
    pass: () => {
      const due = work;
      work = undefined;
      due?.();
    },
  };
  const speaker = new AnswerSpeaker(before, {
    say: (text) => said.push(text),
    isHeard: () => set.isHeard,
    later: (due) => {
      assert.equal(work, undefined, "one at a time");
      work = due;
    },
  });
  return Object.assign(set, { speaker });
}

describe("the voice of an answer", () => {
  it("says whole sentences, those of a while together", () => {
    const { speaker, said, pass } = aSpeaker();
    for (const text of ["One", "One. Tw", "One. Two. Th"]) {
      speaker.hear(text);
    }
    assert.deepEqual(said, []);
    pass();
    assert.deepEqual(said, ["One. Two."]);
    pass();
    speaker.hear("One. Two. Three");
    pass();
    assert.deepEqual(said, ["One. Two."]);
    speaker.end();
    assert.deepEqual(said, ["One. Two.", "Three"]);
  });

  it("says after ten sentences once that the answer goes on, and no more", () => {
    const { speaker, said, pass } = aSpeaker();
    const text = "It is so. ".repeat(40);
    speaker.hear(text.slice(0, 75));
    pass();
    speaker.hear(text);
    pass();
    speaker.hear(text + text);
    pass();
    speaker.end();
    assert.equal(said.join(" ").match(/It is so\./g)?.length, 10);
    assert.equal(said.length, 2);
    assert.match(said[1]!, /so\. The answer goes on\.$/);
  });

  it("says nothing at the end when nothing has come", () => {
    const { speaker, said } = aSpeaker("Half an ans");
    speaker.hear("Half an ans");
    speaker.end();
    assert.deepEqual(said, []);
  });

  it("says nothing that was there before, nor what came while nobody listened", () => {
    const voice = aSpeaker("Old. Half");
    voice.speaker.hear("Old. Half new. Next");
    voice.pass();
    voice.isHeard = false;
    voice.speaker.hear("Old. Half new. Next one. A");
    voice.pass();
    voice.isHeard = true;
    voice.speaker.hear("Old. Half new. Next one. A last.");
    voice.speaker.end();
    voice.pass();
    assert.deepEqual(voice.said, ["Half new.", "A last."]);
  });
});
