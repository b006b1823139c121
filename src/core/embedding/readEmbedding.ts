/** Reads an embeddings reply: floats or base64, one text or a batch. */

import * as v from "valibot";

import type { Usage } from "../chat/streamEvent.ts";

const entrySchema = v.object({
  // llama.cpp writes NaN as null.
  embedding: v.union([v.array(v.nullable(v.number())), v.string()]),
  index: v.fallback(v.optional(v.number()), undefined),
});

const replySchema = v.object({
  data: v.pipe(v.array(entrySchema), v.minLength(1)),
  model: v.fallback(v.optional(v.string()), undefined),
  usage: v.fallback(v.optional(v.object({ prompt_tokens: v.optional(v.number()) })), undefined),
});

export interface EmbeddingEntry {
  /** The text's place in the request: as the reply says, or else the entry's place in the reply. */
  readonly index: number;
  readonly vector: readonly number[];
  /** How it stood in the reply. */
  readonly encoding: "float" | "base64";
}

export interface ReadEmbeddings {
  /** At least one, in the order of the reply. */
  readonly entries: readonly [EmbeddingEntry, ...EmbeddingEntry[]];
  /** What the server says it used: SGLang names the path of the model here. */
  readonly model?: string;
  readonly usage?: Usage;
}

export interface ReadVector {
  readonly vector: readonly number[];
  readonly usage?: Usage;
}

/** Every vector of a parsed reply; undefined when it holds none, or one that can not be read. */
export function readEmbeddings(body: unknown): ReadEmbeddings | undefined {
  const result = v.safeParse(replySchema, body);
  if (!result.success) {
    return undefined;
  }
  const { data, model, usage } = result.output;
  const entries = data.map(readEntry).filter((entry) => entry !== undefined);
  const [first, ...others] = entries;
  if (first === undefined || entries.length < data.length) {
    return undefined;
  }
  const promptTokens = usage?.prompt_tokens;
  return {
    entries: [first, ...others],
    ...(model === undefined ? {} : { model }),
    ...(promptTokens === undefined ? {} : { usage: { promptTokens } }),
  };
}

/** The first vector of a parsed reply; undefined when there is none. */
export function readEmbedding(body: unknown): ReadVector | undefined {
  const read = readEmbeddings(body);
  if (read === undefined) {
    return undefined;
  }
  const { vector } = read.entries[0];
  return { vector, ...(read.usage === undefined ? {} : { usage: read.usage }) };
}

function readEntry(
  { embedding, index }: v.InferOutput<typeof entrySchema>,
  place: number,
): EmbeddingEntry | undefined {
  if (typeof embedding !== "string") {
    return { index: index ?? place, vector: embedding.map((value) => value ?? NaN), encoding: "float" };
  }
  const vector = decodeFloats(embedding);
  return vector === undefined ? undefined : { index: index ?? place, vector, encoding: "base64" };
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
