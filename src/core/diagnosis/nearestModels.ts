/** "Did you mean": served ids that a wrong id may stand for. */

import { distance } from "fastest-levenshtein";

/** More suggestions than this are no help. */
const most = 3;
/** Comparing is quadratic in length, and no id that people type is longer. */
const longestId = 200;

/**
 * Nearest first: same letters in another case, same tail behind an organisation or a path, same with other separators,
 * then within an edit distance of a third of its length.
 */
export function nearestModels(wanted: string, served: readonly string[]): readonly string[] {
  const ranked = served
    .filter((id) => id !== wanted && id.length <= longestId)
    .map((id) => ({ id, rank: rank(wanted.slice(0, longestId), id) }))
    .filter((each) => each.rank < Infinity);
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ id }) => id);
}

function rank(wanted: string, id: string): number {
  const [a, b] = [wanted.toLowerCase(), id.toLowerCase()];
  if (a === b) {
    return 0;
  }
  if (tail(a) === tail(b)) {
    return 1;
  }
  if (bare(a) === bare(b)) {
    return 2;
  }
  const edits = distance(bare(a), bare(b));
  return edits <= Math.ceil(bare(a).length / 3) ? 3 + edits : Infinity;
}

/** The name of the model alone: behind the last slash, without a tag such as `:latest` and without a file's ending. */
function tail(id: string): string {
  // Hugging Face's cache keeps a repository as `models--Qwen--Qwen3-8B/snapshots/<commit>`.
  const cached = /models--[^/\\]+--([^/\\]+)/.exec(id)?.[1];
  const name =
    cached ??
    id
      .replace(/[/\\]+$/, "")
      .split(/[/\\]/)
      .at(-1) ??
    id;
  return name.replace(/:latest$/, "").replace(/\.gguf$/, "");
}

function bare(id: string): string {
  return tail(id).replace(/[^\p{L}\p{N}]/gu, "");
}
