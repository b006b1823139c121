/** How servers want to be asked for a rerank, and what they answer (facts: servers.md 0.8). */

import * as v from "valibot";

import { isDashScope, joinPath, originOf } from "../endpoint/baseUrl.ts";

export interface RerankRequest {
  readonly model: string;
  readonly query: string;
  readonly documents: readonly string[];
}

export interface RerankWire {
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `index` is the document's place in the request; a higher score is more relevant. */
export interface RerankScore {
  readonly index: number;
  readonly score: number;
}

/** DashScope reranks on a path of its own; everyone else below the base URL. */
export function rerankWire(baseUrl: string, { model, query, documents }: RerankRequest): RerankWire {
  const body = { model, query, documents, top_n: documents.length };
  return isDashScope(baseUrl)
    ? { url: `${originOf(baseUrl) ?? ""}/compatible-api/v1/reranks`, body }
    : { url: joinPath(baseUrl, "/rerank"), body };
}

/** TEI's own route, without `/v1` and with `texts`; tried where the common one is missing. */
export function teiRerankWire(baseUrl: string, { query, documents }: RerankRequest): RerankWire {
  return { url: `${originOf(baseUrl) ?? baseUrl}/rerank`, body: { query, texts: documents } };
}

const score = v.pipe(
  v.object({ index: v.number(), relevance_score: v.optional(v.number()), score: v.optional(v.number()) }),
  v.transform((entry): RerankScore => ({
    index: entry.index,
    score: entry.relevance_score ?? entry.score ?? NaN,
  })),
);

/** A bare list (SGLang, TEI) or `{results: […]}` (the others). Undefined for any other shape. */
export function readRerank(body: unknown): readonly RerankScore[] | undefined {
  const list =
    body === Object(body) && !Array.isArray(body) ? (body as Record<string, unknown>)["results"] : body;
  const result = v.safeParse(v.array(score), list);
  return result.success && result.output.every((entry) => Number.isFinite(entry.score))
    ? result.output
    : undefined;
}
