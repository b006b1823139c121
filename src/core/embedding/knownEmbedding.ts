/** Embedding models whose vectors we know, by the names they go by. */

export interface KnownEmbedding {
  readonly name: string;
  /** How many numbers arrive when nobody asks for another size. */
  readonly dimensions: number;
  /** `documented`: its provider promises to honour `dimensions`; of others it depends on the server. */
  readonly shortening: "documented" | "by-server";
  readonly length: "normalised" | "unsaid";
}

const bySize = { shortening: "by-server", length: "unsaid" } as const;
const qwen3 = { shortening: "by-server", length: "normalised" } as const;
const hosted = { shortening: "documented", length: "normalised" } as const;

interface Row extends KnownEmbedding {
  readonly pattern: RegExp;
}

/** Sources: the models' pages; Qwen3-Embedding and text-embedding-v4 also servers.md 0.7 and 0.11. Ids of Ollama (`qwen3-embedding:4b`) and GGUF files count too. */
const rows: readonly Row[] = [
  { name: "Qwen3-Embedding-0.6B", pattern: /qwen3[-_]?embedding[-_:]0[._p]?6b/i, dimensions: 1024, ...qwen3 },
  { name: "Qwen3-Embedding-4B", pattern: /qwen3[-_]?embedding[-_:]4b/i, dimensions: 2560, ...qwen3 },
  { name: "Qwen3-Embedding-8B", pattern: /qwen3[-_]?embedding[-_:]8b/i, dimensions: 4096, ...qwen3 },
  { name: "text-embedding-v4", pattern: /^text-embedding-v4$/, dimensions: 1024, ...hosted },
  { name: "text-embedding-v3", pattern: /^text-embedding-v3$/, dimensions: 1024, ...hosted },
  { name: "text-embedding-3-small", pattern: /text-embedding-3-small$/, dimensions: 1536, ...hosted },
  { name: "text-embedding-3-large", pattern: /text-embedding-3-large$/, dimensions: 3072, ...hosted },
  { name: "gte-Qwen2-1.5B-instruct", pattern: /gte-qwen2-1\.5b/i, dimensions: 1536, ...bySize },
  { name: "gte-Qwen2-7B-instruct", pattern: /gte-qwen2-7b/i, dimensions: 3584, ...bySize },
  { name: "bge-m3", pattern: /bge-m3/i, dimensions: 1024, ...bySize },
  { name: "bge-large", pattern: /bge-large-(zh|en)/i, dimensions: 1024, ...bySize },
  { name: "bge-base", pattern: /bge-base-(zh|en)/i, dimensions: 768, ...bySize },
  { name: "bge-small-zh", pattern: /bge-small-zh/i, dimensions: 512, ...bySize },
  { name: "bge-small-en", pattern: /bge-small-en/i, dimensions: 384, ...bySize },
  { name: "nomic-embed-text", pattern: /nomic-embed-text/i, dimensions: 768, ...bySize },
];

/** The model behind the first of these names that we know: an id, or the path of its files. */
export function knownEmbedding(names: readonly string[]): KnownEmbedding | undefined {
  const found = names.flatMap((each) => rows.filter(({ pattern }) => pattern.test(each)))[0];
  if (found === undefined) {
    return undefined;
  }
  const { name, dimensions, shortening, length } = found;
  return { name, dimensions, shortening, length };
}
