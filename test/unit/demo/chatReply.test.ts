import assert from "node:assert/strict";
import fc from "fast-check";
import { composeReply } from "../../../src/demo/chatReply.ts";

function answerTo(prompt: string): string {
  return composeReply({ prompt, messageCount: 1, unreadParts: 0, answerTokens: undefined }).answer.join("");
}

describe("the demo's reply", () => {
  const cases: readonly {
    readonly name: string;
    readonly prompt: string;
    readonly says: readonly string[];
  }[] = [
    {
      name: "counts an English prompt",
      prompt: "Tell me about tokens, tokens and\nmore tokens",
      says: ["No model wrote this", "characters: 44, words: 8, lines: 2", "`tokens` (3)", "looks like prose"],
    },
    {
      name: "answers a Chinese prompt in Chinese",
      prompt: "请解释什么是向量",
      says: ["不是模型写的", "8 个字符，8 个词，1 行"],
    },
    {
      name: "quotes the fenced code of a prompt with its language",
      prompt: "Explain:\n\n```python\nprint(1)\n```\n",
      says: ["looks like code", "```python\nprint(1)\n```"],
    },
    {
      name: "quotes code that has no fence",
      prompt: "What does this do?\nfunction add(a, b) {\n  return a + b;\n}",
      says: ["```text\nfunction add(a, b) {\n  return a + b;\n}\n```"],
    },
    {
      name: "quotes code that holds a fence within a longer one",
      prompt: "~~~js\nconst fence = `````;\n~~~",
      says: ["``````js\nconst fence = `````;\n``````"],
    },
    { name: "answers an empty prompt", prompt: "", says: ["characters: 0, words: 0, lines: 0"] },
  ];
  for (const { name, prompt, says } of cases) {
    it(name, () => {
      const answer = answerTo(prompt);
      for (const part of says) assert.ok(answer.includes(part), `${part} in:\n${answer}`);
    });
  }

  it("is the same for the same prompt and always says that no model wrote it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (prompt) => {
        assert.equal(answerTo(prompt), answerTo(prompt));
        assert.match(answerTo(prompt), /^\*\*(No model wrote this answer|这段回答不是模型写的)/);
      }),
    );
  });

  it("has just as many tokens as were asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (answerTokens) => {
        const reply = composeReply({ prompt: "long", messageCount: 1, unreadParts: 0, answerTokens });
        assert.equal(reply.answer.length, answerTokens);
      }),
      { numRuns: 30 },
    );
  });

  it("tells how many parts were not text", () => {
    const reply = composeReply({ prompt: "a", messageCount: 1, unreadParts: 2, answerTokens: undefined });
    assert.match(reply.answer.join(""), /not read: 2/);
  });
});
