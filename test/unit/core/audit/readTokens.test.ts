import assert from "node:assert/strict";
import { readTokens } from "../../../../src/core/audit/readTokens.ts";

const both = { inputTokens: 12, outputTokens: 34 };

const cases: Readonly<Record<string, readonly [string, object]>> = {
  "OpenAI's usage": ['{"usage":{"prompt_tokens":12,"total_tokens":46,"completion_tokens":34}}', both],
  "an embedding's usage": ['{"usage": {"prompt_tokens": 12, "total_tokens": 12}}', { inputTokens: 12 }],
  "a reranker's total alone": ['{"usage":{"total_tokens":12}}', { inputTokens: 12 }],
  "DashScope's native usage": ['{"usage":{"input_tokens":12,"output_tokens":34,"total_tokens":46}}', both],
  "Ollama's counts": ['{"done":true,"prompt_eval_count":12,"eval_count":34}', both],
  "llama.cpp's counts": ['{"tokens_predicted":34,"tokens_evaluated":12}', both],
  "the last of a stream that counts all the way": [
    'data: {"usage":{"prompt_tokens":12,"completion_tokens":1}}\n\ndata: {"usage":{"prompt_tokens":12,"completion_tokens":34}}\n\ndata: [DONE]\n\n',
    both,
  ],
  "usage that is null": ['data: {"choices":[],"usage":null}\n\n', {}],
  "what an answer says about tokens": [
    JSON.stringify({ content: 'It said {"prompt_tokens": 99, "completion_tokens": 98}.' }),
    {},
  ],
  "a count that is no number": ['{"usage":{"prompt_tokens":"12"}}', {}],
  "a count that breaks off": ['{"usage":{"prompt_tokens":12,"completion_tok', { inputTokens: 12 }],
};

describe("readTokens", () => {
  for (const [name, [text, tokens]] of Object.entries(cases)) {
    it(`reads ${name}`, () => assert.deepEqual(readTokens(text), tokens));
  }
});
