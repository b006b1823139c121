/** How servers want to be asked for a rerank, and what they answer (facts: servers.md 0.8). */

import * as v from "valibot";

import { isDashScope, joinPath, originOf } from "../endpoint/baseUrl.ts";
import type { ServerId } from "../servers/serverId.ts";

export interface RerankRequest {
  readonly model: string;
  readonly query: string;
  readonly documents: readonly string[];
}

export interface RerankWire {
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Turns a request into what goes over the wire. */
export type RerankDialect = (baseUrl: string, request: RerankRequest) => RerankWire;

/** `index` is the document's place in the request; a higher score is more relevant. */
export interface RerankScore {
  readonly index: number;
  readonly score: number;
}

export interface ReadRerank {
  readonly scores: readonly RerankScore[];
  /** `common`: `results[].relevance_score`, as most clients read it (Jina, Cohere, vLLM, llama.cpp, Xinference, Dify). */
  readonly shape: "common" | "other";
}

/** The dialects to try, in turn, while the route is missing: the server's own first. */
export function rerankDialects(
  baseUrl: string,
  serverId: ServerId | undefined,
): readonly [RerankDialect, RerankDialect] {
  if (isDashScope(baseUrl)) {
    return [dashScopeCompatible, dashScopeNative];
  }
  return serverId === "tei" ? [tei, common] : [common, tei];
}

/** Nothing but what the task needs: all documents are ranked where `top_n` is not said. */
const common: RerankDialect = (baseUrl, { model, query, documents }) => ({
  url: joinPath(baseUrl, "/rerank"),
  body: { model, query, documents },
});

/** Without `/v1` and with `texts`. */
const tei: RerankDialect = (baseUrl, { query, documents }) => ({
  url: `${originOf(baseUrl) ?? baseUrl}/rerank`,
  body: { query, texts: documents },
});

/** `compatible-api`, not `compatible-mode`, and in the plural. It knows qwen3-rerank alone. */
const dashScopeCompatible: RerankDialect = (baseUrl, { model, query, documents }) => ({
  url: `${originOf(baseUrl) ?? ""}/compatible-api/v1/reranks`,
  body: { model, query, documents },
});

const dashScopeNative: RerankDialect = (baseUrl, { model, query, documents }) => ({
  url: `${originOf(baseUrl) ?? ""}/api/v1/services/rerank/text-rerank/text-rerank`,
  body: { model, input: { query, documents } },
});

const scoreSchema = v.object({
  index: v.pipe(v.number(), v.integer(), v.minValue(0)),
  relevance_score: v.optional(v.number()),
  score: v.optional(v.number()),
});

/** The scores of a parsed reply; undefined where there are none to be read. */
export function readRerank(body: unknown): ReadRerank | undefined {
  const list = listIn(body);
  const result = v.safeParse(v.array(scoreSchema), list);
  if (!result.success) {
    return undefined;
  }
  const scores = result.output.map(({ index, relevance_score, score }) => ({
    index,
    score: relevance_score ?? score ?? NaN,
  }));
  if (!scores.every(({ score }) => Number.isFinite(score))) {
    return undefined;
  }
  const isCommon =
    list === fieldOf(body, "results") && result.output.every((entry) => entry.relevance_score !== undefined);
  return { scores, shape: isCommon ? "common" : "other" };
}

/** A bare list (SGLang, TEI), `{results}` (most), `{output: {results}}` (DashScope's native API) or `{data}` (vLLM's /score). */
function listIn(body: unknown): unknown {
  return Array.isArray(body)
    ? body
    : (fieldOf(body, "results") ?? fieldOf(fieldOf(body, "output"), "results") ?? fieldOf(body, "data"));
}

function fieldOf(value: unknown, name: string): unknown {
  return value === Object(value) && !Array.isArray(value)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
