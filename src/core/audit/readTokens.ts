/** Finds the counts of tokens in the text of a reply or in the end of a stream, whatever the server calls them. */

export interface Tokens {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

/** OpenAI and everybody after them; DashScope's native API; Ollama; llama.cpp. Rerankers and some embedders give a total alone. */
const inputNames = ["prompt_tokens", "input_tokens", "prompt_eval_count", "tokens_evaluated"];
const outputNames = ["completion_tokens", "output_tokens", "eval_count", "tokens_predicted"];
const total = "total_tokens";

/** Quotes inside an answer's text are escaped, so that what a model says is never taken for a count. */
const count = new RegExp(
  `"(${[...inputNames, ...outputNames, total].join("|")})"\\s*:\\s*(\\d{1,15})\\b`,
  "g",
);

/** The last count of each name counts: a stream may say it in every chunk. */
export function readTokens(text: string): Tokens {
  const counts = new Map<string, number>();
  for (const [, name = "", digits] of text.matchAll(count)) {
    counts.set(name, Number(digits));
  }
  const first = (names: readonly string[]): number | undefined =>
    names.map((name) => counts.get(name)).find((value) => value !== undefined);
  const input = first(inputNames) ?? (first(outputNames) === undefined ? counts.get(total) : undefined);
  const output = first(outputNames);
  return {
    ...(input === undefined ? {} : { inputTokens: input }),
    ...(output === undefined ? {} : { outputTokens: output }),
  };
}
