/** The cosine of the angle between two vectors: 1 for the same direction. NaN where there is none: other sizes, zeros. */
export function cosine(left: readonly number[], right: readonly number[]): number {
  if (left.length !== right.length) {
    return NaN;
  }
  const product = left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
  return product / (normOf(left) * normOf(right));
}

/** Euclidean length. */
export function normOf(vector: readonly number[]): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
