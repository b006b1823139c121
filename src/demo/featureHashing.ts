import { wordsOf } from "./wordPieces.ts";

/** The lengths a vector may have; 2560 is the length of Qwen3-Embedding-4B. */
export const dimensionLimits = { least: 32, most: 2560, default: 1024 } as const;

/**
 * Octaves of the longest vector. A feature has one place in each, so that, as with a Matryoshka model, the start of a
 * vector is a vector: no shorter one loses a feature.
 */
const octaves: readonly { readonly start: number; readonly size: number }[] = [
  { start: 0, size: 32 },
  { start: 32, size: 32 },
  { start: 64, size: 64 },
  { start: 128, size: 128 },
  { start: 256, size: 256 },
  { start: 512, size: 512 },
  { start: 1024, size: 1024 },
  { start: 2048, size: 512 },
];

const weights = { word: 1, wordPair: 0.7, threeCharacters: 0.4 } as const;

/**
 * Signed feature hashing (Weinberger et al., 2009) of words, pairs of words and three characters in a row, lower-cased.
 * Deterministic on every machine, of unit norm, and never zero: texts that share features are nearer.
 */
export function embedText(text: string, dimensions: number): Float32Array {
  const vector = new Float64Array(dimensionLimits.most);
  const normal = text.normalize("NFKC").toLowerCase();
  for (const { hash, weight } of weightedFeatures(normal)) add(vector, hash, weight);
  if (vector.subarray(0, dimensionLimits.least).every((value) => value === 0)) {
    vector[hashText(`all:${normal}`) % dimensionLimits.least] = 1;
  }
  return unitVector(vector.subarray(0, dimensions));
}

/** Of two vectors of unit norm and the same length. */
export function cosine(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}

/** A feature that occurs n times weighs 1 + ln n times as much: the tenth "the" says little. */
function* weightedFeatures(
  text: string,
): Generator<{ readonly hash: number; readonly weight: number }, void> {
  const words = [...wordsOf(text)];
  const pairs = words.slice(1).map((word, index) => `${words[index] ?? ""} ${word}`);
  const kinds = [
    { prefix: "w:", weight: weights.word, features: words },
    { prefix: "p:", weight: weights.wordPair, features: pairs },
    { prefix: "c:", weight: weights.threeCharacters, features: threeCharactersOf(text) },
  ];
  for (const { prefix, weight, features } of kinds) {
    const counts = new Map<number, number>();
    for (const feature of features) {
      const hash = hashText(prefix + feature);
      counts.set(hash, (counts.get(hash) ?? 0) + 1);
    }
    for (const [hash, count] of counts) yield { hash, weight: weight * (1 + Math.log(count)) };
  }
}

function* threeCharactersOf(text: string): Generator<string, void> {
  const characters = Array.from(` ${text.replace(/[\s\p{P}]+/gu, " ").trim()} `);
  for (let index = 0; index + 3 <= characters.length; index += 1)
    yield characters.slice(index, index + 3).join("");
}

/** Weighting an octave by the root of its size keeps the noise of collisions as low as one plain table would. */
function add(vector: Float64Array, hash: number, weight: number): void {
  octaves.forEach(({ start, size }, octave) => {
    const mixed = mix(hash + Math.imul(octave, 0x9e3779b9));
    const index = start + ((mixed >>> 1) % size);
    const sign = (mixed & 1) === 0 ? 1 : -1;
    vector[index] = (vector[index] ?? 0) + sign * weight * Math.sqrt(size);
  });
}

function unitVector(vector: Float64Array): Float32Array {
  const norm = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => value / norm);
}

/** FNV-1a over UTF-16 code units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** The finaliser of MurmurHash3: each bit of the input moves half the bits of the output. */
function mix(hash: number): number {
  let mixed = hash | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
