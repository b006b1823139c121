/** Reads a `GET /models` reply of any OpenAI-compatible server. */

import * as v from "valibot";

import { type Task, tasks } from "./endpoint.ts";

export interface ModelInfo {
  readonly id: string;
  /** What the model is for, where its server or its name says so. */
  readonly task?: Task;
  readonly ownedBy?: string;
  /** Context window in tokens, where the server tells (`max_model_len` on vLLM and SGLang, `meta.n_ctx` on llama.cpp, `context_length` on Xinference and OpenRouter). */
  readonly contextLength?: number;
  /** The real path behind a served name (`root` on vLLM and SGLang). */
  readonly root?: string;
}

/** How many models are kept; more is no list a person reads. */
const modelsKept = 5000;

const entrySchema = v.object({
  id: v.string(),
  owned_by: v.fallback(v.optional(v.string()), undefined),
  max_model_len: v.fallback(v.optional(v.number()), undefined),
  root: v.fallback(v.optional(v.string()), undefined),
  context_length: v.fallback(v.optional(v.number()), undefined),
  meta: v.fallback(v.optional(v.object({ n_ctx: v.optional(v.number()) })), undefined),
  model_type: v.fallback(v.optional(v.string()), undefined),
});

/** The models of a reply body that has been parsed as JSON; undefined when it is no list of models. */
export function parseModelList(body: unknown): readonly ModelInfo[] | undefined {
  const entries = listIn(body);
  if (entries === undefined) {
    return undefined;
  }
  return entries.slice(0, modelsKept).flatMap((entry) => {
    const result = v.safeParse(entrySchema, entry);
    return result.success ? [modelInfo(result.output)] : [];
  });
}

/** OpenAI's shape is `{data: [...]}`; some gateways answer with the bare list. */
function listIn(body: unknown): readonly unknown[] | undefined {
  if (Array.isArray(body)) {
    return body as readonly unknown[];
  }
  const { data, object } = body === Object(body) ? (body as Record<string, unknown>) : {};
  // Ollama without a model: Go writes an empty list as null.
  if (data === null && object === "list") {
    return [];
  }
  return Array.isArray(data) ? (data as readonly unknown[]) : undefined;
}

function modelInfo(entry: v.InferOutput<typeof entrySchema>): ModelInfo {
  const task = taskNamed(entry.model_type) ?? guessTask(entry.id);
  const contextLength = entry.max_model_len ?? entry.context_length ?? entry.meta?.n_ctx;
  return {
    id: entry.id,
    ...(task === undefined ? {} : { task }),
    ...(entry.owned_by === undefined ? {} : { ownedBy: entry.owned_by }),
    ...(contextLength === undefined ? {} : { contextLength }),
    ...(entry.root === undefined ? {} : { root: entry.root }),
  };
}

/** Xinference names the type of a launched model. */
function taskNamed(modelType: string | undefined): Task | undefined {
  return modelType === "LLM" ? "chat" : tasks.find((task) => task !== "chat" && task === modelType);
}

/** What a model id gives away; undefined where it says nothing. Rerankers first: some are called "…-embedding-reranker". */
export function guessTask(modelId: string): Task | undefined {
  if (/rerank/i.test(modelId)) {
    return "rerank";
  }
  if (/embed|(^|[/_-])(bge|gte|e5)-/i.test(modelId)) {
    return "embedding";
  }
  return /chat|instruct|thinking|qwen|llama|gpt|glm|deepseek|mistral|gemma|kimi|coder/i.test(modelId)
    ? "chat"
    : undefined;
}
