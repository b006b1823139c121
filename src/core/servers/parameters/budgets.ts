/** How many tokens a model may think, by the name each server has for it. */

import type { NumberRange } from "../chatParameters.ts";
import type { ServerId } from "../serverId.ts";

interface ThinkingBudget {
  readonly fields: (tokens: number) => Readonly<Record<string, unknown>>;
  readonly range: NumberRange;
}

/**
 * vLLM: `validate_thinking_token_budget` in vllm/sampling_params.py, 5ac2684976; it wants --reasoning-parser as well.
 * llama.cpp: tools/server/server-common.cpp, 3f545becc, which also knows it as reasoning_budget_tokens.
 * DashScope: "must be a positive integer and not greater than" what the model allows (page of error codes).
 * SiliconFlow: docs.siliconflow.cn/docs/api/chat-completions-post. OpenRouter: openrouter.ai/docs/use-cases/reasoning-tokens,
 * where `enabled` follows from `max_tokens`.
 * SGLang has a budget only through a pickled processor in the request and a flag of its own, so it is not offered.
 */
export const thinkingBudgets: Readonly<Partial<Record<ServerId, ThinkingBudget>>> = {
  vllm: budget("thinking_token_budget", { min: 0 }),
  "llama.cpp": budget("thinking_budget_tokens", { min: 0 }),
  dashscope: budget("thinking_budget", { min: 1 }),
  siliconflow: budget("thinking_budget", { min: 128, max: 32768 }),
  openrouter: { fields: (tokens) => ({ reasoning: { max_tokens: tokens } }), range: { min: 1 } },
};

function budget(name: string, range: NumberRange): ThinkingBudget {
  return { fields: (tokens) => ({ [name]: tokens }), range };
}
