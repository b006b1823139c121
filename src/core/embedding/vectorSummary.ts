/** What a person wants to know of a vector at a glance. */

export interface VectorSummary {
  readonly dimensions: number;
  /** Euclidean length; 1 for normalised embeddings. */
  readonly norm: number;
  /** The first values, at most 16. */
  readonly head: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

export function summarizeVector(vector: readonly number[]): VectorSummary {
  let squares = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const value of vector) {
    squares += value * value;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const dimensions = vector.length;
  return {
    dimensions,
    norm: Math.sqrt(squares),
    head: vector.slice(0, 16),
    min: dimensions === 0 ? 0 : min,
    max: dimensions === 0 ? 0 : max,
    mean: dimensions === 0 ? 0 : sum / dimensions,
  };
}
