/** What is wrong with a recorded answer that came with a 200: numbers, scores, thinking, lists. */

import { readCompletion } from "../chat/chatChunk.ts";
import { normOf } from "../embedding/cosine.ts";
import { judgeVector } from "../embedding/judgeVector.ts";
import { knownEmbedding } from "../embedding/knownEmbedding.ts";
import { readEmbedding } from "../embedding/readEmbedding.ts";
import { hasVersion } from "../endpoint/baseUrl.ts";
import { parseModelList } from "../endpoint/modelList.ts";
import { readRerank } from "../rerank/dialects.ts";
import { holdsError, parseJson } from "./errorEnvelope.ts";
import type { Finding, FindingCode } from "./finding.ts";
import { isModelPath } from "./isModelPath.ts";
import type { RecordedRow } from "./recordedRow.ts";

/** Findings beyond those that any reply can show; empty for what is no success, and for what was asked is not known. */
export function judgeRecordedAnswer(row: RecordedRow): readonly Finding[] {
  const { asked, reply, sent } = row;
  const body = parseJson(reply.body);
  if (reply.status < 200 || reply.status >= 300 || holdsError(body)) {
    return [];
  }
  const { pathname } = new URL(asked.url);
  if (/\/(get_)?server_info$/.test(pathname)) {
    return /"(admin_)?api_key":\s*"[^"]/.test(reply.body) ? codes("server.exposes-key") : [];
  }
  if (asked.method === "GET") {
    return /\/models\/?$/.test(pathname) ? judgeList(body) : [];
  }
  const ignored = "extra_body" in sent ? codes("request.extra-body") : [];
  if (body === undefined) {
    // Python writes NaN into what should be JSON.
    return /"embedding":\s*\[\s*(NaN|-?Infinity)/.test(reply.body) ? codes("embedding.zero") : [];
  }
  return [...ignored, ...judgeTask(row, body)];
}

function codes(...found: readonly FindingCode[]): readonly Finding[] {
  return found.map((code) => ({ code, severity: "warning", evidence: [], fixes: [] }));
}

function judgeList(body: unknown): readonly Finding[] {
  const served = parseModelList(body);
  if (served === undefined) {
    return [];
  }
  if (served.length === 0) {
    return codes("model.none-listed");
  }
  return served.some(({ id }) => isModelPath(id)) ? codes("model.path-as-id") : [];
}

function judgeTask(row: RecordedRow, body: unknown): readonly Finding[] {
  const { pathname } = new URL(row.asked.url);
  // DashScope's native API has shapes of its own, TEI's /embed bare lists.
  if (/^\/api\/|\/embed(_all|_sparse)?$|\/score$|\/pooling$|generate/.test(pathname)) {
    return [];
  }
  switch (row.asked.task) {
    case "embedding":
      return judgeEmbedding(row, body);
    case "rerank":
      return judgeRerank(body);
    case "chat":
      return judgeChat(row, body);
    default:
      return [];
  }
}

/** The smallest size of Qwen3-Embedding (servers.md 0.11): less is a vector that the recorder shortened. */
const shortestVector = 32;

function judgeEmbedding({ asked, sent, reply }: RecordedRow, body: unknown): readonly Finding[] {
  const nothing = /"embedding":\s*\[\s*null/.test(reply.body);
  const read = readEmbedding(body);
  if (nothing) {
    return codes("embedding.zero");
  }
  if (read === undefined) {
    // llama.cpp answers /embeddings without /v1 in an older shape of its own (servers.md 0.4).
    const isLegacy = Array.isArray(body) && /"embedding":\s*\[/.test(reply.body);
    const isBase64 = /"embedding":\s*"/.test(reply.body);
    return isBase64
      ? []
      : codes(isLegacy && !hasVersion(asked.baseUrl) ? "address.missing-v1" : "http.malformed");
  }
  const { vector } = read;
  const wanted = sent["dimensions"] ?? knownEmbedding([asked.model ?? ""])?.dimensions;
  const isOtherSize =
    typeof wanted === "number" && vector.length >= shortestVector && vector.length !== wanted;
  const encoding = sent["encoding_format"] ?? "";
  const isFloats = /"embedding":\s*\[/.test(reply.body);
  const isIgnored = (encoding === "base64" && isFloats) || (encoding === "float" && !isFloats);
  return [
    ...judgeVector(vector).filter(({ code }) => code === "embedding.zero" || !isShortened(vector)),
    ...(isOtherSize ? codes("embedding.wrong-dimensions") : []),
    ...(isIgnored ? codes("embedding.encoding-ignored") : []),
  ];
}

/** A part of a normalised vector is shorter than 1, never longer. */
function isShortened(vector: readonly number[]): boolean {
  return vector.length < shortestVector && normOf(vector) < 1.01;
}

function judgeRerank(body: unknown): readonly Finding[] {
  const scores = readRerank(body)?.scores;
  if (scores === undefined) {
    return codes("rerank.shape");
  }
  const isFlat = scores.length > 1 && scores.every(({ score }) => score === scores[0]?.score);
  return isFlat ? codes("rerank.order") : [];
}

function judgeChat({ sent }: RecordedRow, body: unknown): readonly Finding[] {
  const parts = readCompletion(body);
  if (parts === undefined) {
    return codes("http.malformed");
  }
  if (holdsThoughts(parts.answer)) {
    return codes("thinking.unsplit");
  }
  const hasThought = parts.reasoning.trim() !== "";
  if (!hasThought || !isThinkingOff(sent)) {
    return [];
  }
  return codes(parts.answer.trim() === "" ? "thinking.wrong-field" : "thinking.cannot-disable");
}

/** Tags of thinking where the answer should be; Thinking-2507 starts behind the opening one, so the closing one may stand alone. */
export function holdsThoughts(answer: string): boolean {
  return /^\s*<think>|<\/think>/i.test(answer);
}

/** Did the request turn thinking off, in one of the ways of servers.md 0.10? */
function isThinkingOff(sent: Readonly<Record<string, unknown>>): boolean {
  const template = sent["chat_template_kwargs"];
  const inTemplate =
    template === Object(template) ? (template as Record<string, unknown>)["enable_thinking"] : undefined;
  return [sent["enable_thinking"], inTemplate].includes(false) || sent["reasoning_effort"] === "none";
}
