/** Compares versions by their numbers. */

/** Is `version` known, and older than `other`? What follows the numbers (`rc1`, `.dev3`) does not count. */
export function isBefore(version: string | undefined, other: string): boolean {
  const [mine, theirs] = [numbers(version ?? ""), numbers(other)];
  if (mine.length === 0) {
    return false;
  }
  const at = theirs.findIndex((number, index) => (mine[index] ?? 0) !== number);
  return at >= 0 && (mine[at] ?? 0) < (theirs[at] ?? 0);
}

function numbers(version: string): readonly number[] {
  const found = /^v?(\d+(?:\.\d+)*)/.exec(version)?.[1];
  return found === undefined ? [] : found.split(".").map(Number);
}
