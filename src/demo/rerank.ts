import { randomUUID } from "node:crypto";
import { badRequest, jsonReply, type DemoReply } from "./demoReply.ts";
import { cosine, dimensionLimits, embedText } from "./featureHashing.ts";
import { optionalCount, type JsonObject } from "./json.ts";
import { readText, readTexts } from "./textInput.ts";
import { countTokens } from "./wordPieces.ts";

/** A document's place in the request and its score from 0 to 1. */
export interface RankedDocument {
  readonly index: number;
  readonly relevance_score: number;
}

/** Answers `/v1/rerank` in the shape of vLLM and Jina; the model has been checked. Documents are returned unless `return_documents` is false. */
export function rerankReply(request: JsonObject): DemoReply {
  const query = readText("query", request["query"]);
  if (query.state === "invalid") return badRequest(query.problem);
  const documents = readTexts("documents", request["documents"]);
  if (documents.state === "invalid") return badRequest(documents.problem);
  const top = optionalCount(request, "top_n", 1);
  if (top.state === "invalid") return badRequest(top.problem);

  const results = rankDocuments(query.value, documents.value)
    .slice(0, top.value)
    .map(({ index, relevance_score }) =>
      request["return_documents"] === false
        ? { index, relevance_score }
        : { index, document: { text: documents.value[index] }, relevance_score },
    );
  const tokens = [query.value, ...documents.value].reduce((sum, text) => sum + countTokens(text), 0);
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  return jsonReply(200, { id: `rerank-demo-${randomUUID()}`, model: request["model"], usage, results });
}

/** The most relevant first; documents of one score stay in the order of the request. */
export function rankDocuments(query: string, documents: readonly string[]): readonly RankedDocument[] {
  const asked = embedText(query, dimensionLimits.most);
  return documents
    .map((document, index) => ({
      index,
      relevance_score: relevance(cosine(asked, embedText(document, dimensionLimits.most))),
    }))
    .sort((left, right) => right.relevance_score - left.relevance_score);
}

/** A logistic curve with its middle between the cosines of hashed texts that have much and little in common. */
function relevance(similarity: number): number {
  return 1 / (1 + Math.exp(-12 * (similarity - 0.2)));
}
