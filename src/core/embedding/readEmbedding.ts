/** Reads an embeddings reply: floats or base64, and what is wrong with the numbers. */

import * as v from "valibot";

import type { Finding } from "../diagnosis/finding.ts";
import type { Usage } from "../chat/streamEvent.ts";

const replySchema = v.object({
  data: v.pipe(v.array(v.object({ embedding: v.union([v.array(v.number()), v.string()]) })), v.minLength(1)),
  usage: v.fallback(v.optional(v.object({ prompt_tokens: v.optional(v.number()) })), undefined),
});

export interface ReadVector {
  readonly vector: readonly number[];
  readonly usage?: Usage;
}

/** The first vector of a parsed reply; undefined when there is none. */
export function readEmbedding(body: unknown): ReadVector | undefined {
  const result = v.safeParse(replySchema, body);
  const embedding = result.success ? result.output.data[0]?.embedding : undefined;
  if (!result.success || embedding === undefined) {
    return undefined;
  }
  const vector = typeof embedding === "string" ? decodeFloats(embedding) : embedding;
  const promptTokens = result.output.usage?.prompt_tokens;
  return vector === undefined
    ? undefined
    : { vector, ...(promptTokens === undefined ? {} : { usage: { promptTokens } }) };
}

/** Little-endian float32, as OpenAI sends `encoding_format: "base64"`. Undefined for what is no such text. */
export function decodeFloats(base64: string): readonly number[] | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) {
    return undefined;
  }
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  if (bytes.length % 4 !== 0) {
    return undefined;
  }
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true));
}

/** A 200 with such numbers is no success: zero vectors and broken values are findings. */
export function judgeVector(vector: readonly number[]): readonly Finding[] {
  const squares = vector.reduce((sum, value) => sum + value * value, 0);
  if (vector.length === 0 || squares === 0 || !Number.isFinite(squares)) {
    const evidence = [`${vector.length} values, norm ${Math.sqrt(squares)}`];
    return [{ code: "embedding.zero", severity: "blocker", evidence, fixes: [{ kind: "test-again" }] }];
  }
  const norm = Math.sqrt(squares);
  if (Math.abs(norm - 1) > 0.01) {
    const evidence = [`norm ${norm.toFixed(4)}`];
    return [{ code: "embedding.not-normalised", severity: "note", evidence, fixes: [] }];
  }
  return [];
}
