import assert from "node:assert/strict";

import fc from "fast-check";

import { withAppended } from "../../../../src/core/chat/appended.ts";
import type { ToolCall } from "../../../../src/core/chat/transcript.ts";
import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import { RunText } from "../../../../src/ui/panel/runText.ts";

const secret = "sk-secret-0123456789";

interface Texts {
  readonly answer: string;
  readonly reasoning: string;
  readonly toolCalls?: readonly ToolCall[];
}

/** What the page has in the end, taken after every step. */
function shown(act: (text: RunText, step: () => void) => void): Texts {
  const redactor = createRedactor();
  redactor.know(secret);
  const text = new RunText(redactor);
  let texts: Texts = { answer: "", reasoning: "" };
  const step = (): void => {
    texts = withAppended(texts, text.taken() ?? { answer: "", reasoning: "" });
  };
  act(text, step);
  text.end();
  step();
  return texts;
}

describe("RunText", () => {
  it("has nothing to be taken when nothing came", () => {
    assert.equal(new RunText(createRedactor()).taken(), undefined);
  });

  it("moves the answer to the reasoning, taken before or not", () => {
    for (const isTaken of [true, false]) {
      const { answer, reasoning } = shown((text, step) => {
        text.add("answer", "Hm");
        if (isTaken) step();
        text.relabel();
        text.add("answer", "A");
      });
      assert.deepEqual([answer, reasoning], ["A", "Hm"]);
    }
  });

  it("removes a secret from every lane, wherever it is cut (property)", () => {
    const said = `before ${secret} after`;
    fc.assert(
      fc.property(fc.nat(said.length), fc.nat(said.length), (a, b) => {
        const [first, second] = a < b ? [a, b] : [b, a];
        const pieces = [said.slice(0, first), said.slice(first, second), said.slice(second)];
        const texts = shown((text, step) => {
          for (const piece of pieces) {
            text.add("answer", piece);
            text.add("reasoning", piece);
            text.addToolCall({ index: 0, id: secret, name: "", argumentsText: piece });
            text.addToolCall({ index: 1, name: piece, argumentsText: "" });
            step();
          }
        });
        const clean = "before ••• after";
        assert.deepEqual(texts, {
          answer: clean,
          reasoning: clean,
          toolCalls: [
            { id: "•••", name: "", argumentsText: clean },
            { name: clean, argumentsText: "" },
          ],
        });
      }),
    );
  });
});
