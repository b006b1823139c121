import assert from "node:assert/strict";

import fc from "fast-check";

import { readChunk } from "../../../../src/core/chat/chatChunk.ts";

const nothing = { answer: "", reasoning: "", toolCalls: [] };

describe("readChunk", () => {
  const cases: readonly { name: string; value: unknown; expected: object }[] = [
    { name: "a delta", value: { choices: [{ delta: { content: "a" } }] }, expected: { answer: "a" } },
    {
      name: "a whole message",
      value: { choices: [{ message: { content: "a" }, finish_reason: "length" }] },
      expected: { answer: "a", finishReason: "length" },
    },
    { name: "a completion's text", value: { choices: [{ text: "a" }] }, expected: { answer: "a" } },
    {
      name: "null content beside reasoning",
      value: { choices: [{ delta: { content: null, reasoning_content: "r" } }] },
      expected: { reasoning: "r" },
    },
    {
      name: "empty reasoning_content beside reasoning",
      value: { choices: [{ delta: { reasoning_content: "", reasoning: "r" } }] },
      expected: { reasoning: "r" },
    },
    {
      name: "both reasoning fields, as vLLM sent for a while",
      value: { choices: [{ delta: { reasoning_content: "r", reasoning: "r" } }] },
      expected: { reasoning: "r" },
    },
    {
      name: "Ollama's own name for it",
      value: { choices: [{ delta: { content: "", thinking: "r" } }] },
      expected: { reasoning: "r" },
    },
    {
      name: "reasoning that is parts itself",
      value: { choices: [{ delta: { reasoning: [{ reasoning: "a" }, { content: "b" }, { text: "c" }] } }] },
      expected: { reasoning: "abc" },
    },
    {
      name: "empty choices without usage, as Azure begins with",
      value: { choices: [], prompt_filter_results: [] },
      expected: {},
    },
    {
      name: "llama.cpp's counts beside usage, which says less",
      value: {
        choices: [],
        usage: { completion_tokens: 7 },
        timings: { cache_n: 4, prompt_n: 2, predicted_n: 7 },
      },
      expected: { usage: { promptTokens: 6, completionTokens: 7, cachedTokens: 4 } },
    },
    {
      name: 'DashScope\'s "null" as finish reason',
      value: { choices: [{ delta: {}, finish_reason: "null" }] },
      expected: {},
    },
    {
      name: "OpenAI's count of reasoning tokens",
      value: {
        choices: [],
        usage: { completion_tokens: 3, completion_tokens_details: { reasoning_tokens: 2 } },
      },
      expected: { usage: { completionTokens: 3, reasoningTokens: 2 } },
    },
    {
      name: "SGLang's count of reasoning tokens",
      value: { choices: [], usage: { prompt_tokens: 1, completion_tokens: 3, reasoning_tokens: 2 } },
      expected: { usage: { promptTokens: 1, completionTokens: 3, reasoningTokens: 2 } },
    },
    {
      name: "tool calls with an odd index or none, which their places number",
      value: { choices: [{ delta: { tool_calls: [{ index: 0.5, function: { name: "f" } }, {}] } }] },
      expected: {
        toolCalls: [
          { index: 0, name: "f", argumentsText: "" },
          { index: 1, name: "", argumentsText: "" },
        ],
      },
    },
    {
      name: "a lone tool call without index, of which its place says nothing",
      value: { choices: [{ delta: { tool_calls: [{ id: "a", function: { arguments: { q: 1 } } }] } }] },
      expected: { toolCalls: [{ id: "a", name: "", argumentsText: '{"q":1}' }] },
    },
    {
      name: "parts of all kinds",
      value: {
        choices: [
          {
            message: {
              content: [
                { type: "thinking", thinking: "a" },
                { type: "reasoning", text: "b" },
                { type: "reasoning.summary", summary: [{ text: "c" }] },
                "d",
                { type: "text", text: "e" },
                { text: "f" },
                { type: "output_text", text: 7 },
                null,
              ],
            },
          },
        ],
      },
      expected: { reasoning: "abc", answer: "def" },
    },
    {
      name: "one part that stands without a list",
      value: { choices: [{ delta: { content: { type: "text", text: "a" } } }] },
      expected: { answer: "a" },
    },
    {
      name: "Ollama's own counts and DeepSeek's",
      value: {
        choices: [],
        prompt_eval_count: 5,
        eval_count: 7,
        usage: { prompt_cache_hit_tokens: 3 },
      },
      expected: { usage: { promptTokens: 5, completionTokens: 7, cachedTokens: 3 } },
    },
    {
      name: "Ollama's own counts alone",
      value: { choices: [], prompt_eval_count: 5, eval_count: 7 },
      expected: { usage: { promptTokens: 5, completionTokens: 7 } },
    },
    {
      name: "the counts of OpenAI's newer API",
      value: {
        choices: [],
        usage: { input_tokens: 5, output_tokens: 3, input_tokens_details: { cached_tokens: 4 } },
      },
      expected: { usage: { promptTokens: 5, completionTokens: 3, cachedTokens: 4 } },
    },
    {
      name: "llama.cpp's counts without those of the prompt",
      value: { choices: [], timings: { predicted_n: 3 } },
      expected: { usage: { completionTokens: 3 } },
    },
    {
      name: "OpenAI's count of cached tokens",
      value: { choices: [], usage: { prompt_tokens: 5, prompt_tokens_details: { cached_tokens: 4 } } },
      expected: { usage: { promptTokens: 5, cachedTokens: 4 } },
    },
    {
      name: "one odd field, which must not lose the text",
      value: {
        choices: [{ delta: { content: "a", tool_calls: "none", reasoning: 1 }, finish_reason: 0 }],
        usage: { prompt_tokens: "9" },
      },
      expected: { answer: "a", usage: {} },
    },
  ];
  for (const { name, value, expected } of cases) {
    it(`reads ${name}`, () => assert.deepEqual(readChunk(value), { ...nothing, ...expected }));
  }

  it("does not follow parts into nesting without end", () => {
    let content: unknown = "lost";
    for (let depth = 0; depth < 100_000; depth++) content = [content];
    assert.equal(readChunk({ choices: [{ delta: { content } }] })?.answer, "");
  });

  for (const value of [undefined, null, 1, "text", [], {}, { choices: null }, { error: "x" }]) {
    it(`finds no chunk in ${JSON.stringify(value)}`, () => assert.equal(readChunk(value), undefined));
  }

  it("never throws, whatever the JSON (property)", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        readChunk(value);
        readChunk({ choices: [{ delta: value }], usage: value });
      }),
    );
  });
});
