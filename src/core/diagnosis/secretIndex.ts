/** Finds many secrets in one walk over a text: what it costs does not grow with how many there are. */

/** Every form is at least so long; its first characters decide in which bucket it is looked for. */
const startLength = 4;

const bucketCount = 65_536;

interface Place {
  readonly index: number;
  readonly length: number;
}

export interface SecretIndex {
  /** At least four characters. */
  add(form: string): void;
  /** Where forms stand, from left to right, the longest that begins at a place, none within another. */
  places(text: string): Iterable<Place>;
  /** Where the text's end, at least `shortest` long, becomes the start of a form; the text's length when it does not. */
  openEnd(text: string, shortest: number): number;
}

export function secretIndex(): SecretIndex {
  const known = new Set<string>();
  /** Longest first. */
  const buckets = new Map<number, string[]>();
  const isUsed = new Uint8Array(bucketCount);
  const shortStarts = new Set<string>();
  let longest = 0;

  const openLongEnd = (text: string, shortest: number): number => {
    const from = Math.max(0, text.length - longest + 1);
    let hash = 0;
    for (let end = from; end < text.length; end++) {
      hash = withNext(hash, text, end);
      const index = end - startLength + 1;
      const mayBegin = index >= from && text.length - index >= shortest && isUsed[bucketOf(hash)] === 1;
      if (mayBegin && (buckets.get(hash) ?? []).some((form) => isStart(text.slice(index), form))) {
        return index;
      }
    }
    return text.length;
  };

  return {
    add(form) {
      if (known.has(form)) {
        return;
      }
      known.add(form);
      const hash = [0, 1, 2, 3].reduce((sum, at) => withNext(sum, form, at), 0);
      buckets.set(
        hash,
        [...(buckets.get(hash) ?? []), form].sort((a, b) => b.length - a.length),
      );
      isUsed[bucketOf(hash)] = 1;
      [1, 2, 3].forEach((length) => shortStarts.add(form.slice(0, length)));
      longest = Math.max(longest, form.length);
    },
    *places(text) {
      let [hash, settled] = [0, 0];
      for (let end = 0; end < text.length; end++) {
        hash = withNext(hash, text, end);
        const index = end - startLength + 1;
        if (index < settled || isUsed[bucketOf(hash)] !== 1) {
          continue;
        }
        const form = buckets.get(hash)?.find((each) => text.startsWith(each, index));
        if (form !== undefined) {
          yield { index, length: form.length };
          settled = index + form.length;
        }
      }
    },
    openEnd(text, shortest) {
      const index = openLongEnd(text, shortest);
      const shortEnds = [3, 2, 1].filter((length) => length >= shortest && length <= text.length);
      const short = shortEnds.find((length) => shortStarts.has(text.slice(-length))) ?? 0;
      return Math.min(index, text.length - short);
    },
  };
}

/** Of the last four characters alone: what stood before is shifted out. */
function withNext(hash: number, text: string, index: number): number {
  return (hash << 8) ^ text.charCodeAt(index);
}

function bucketOf(hash: number): number {
  return (hash ^ (hash >>> 16)) & (bucketCount - 1);
}

function isStart(text: string, form: string): boolean {
  return form.length > text.length && form.startsWith(text);
}
