/** Finds many secrets in one walk over a text: what it costs hardly grows with how many there are. */

/** Every form is at least so long; its first characters decide in which bucket it is looked for. */
const startLength = 4;

const bucketCount = 65_536;

interface Place {
  readonly index: number;
  readonly length: number;
}

export class SecretIndex {
  readonly #known = new Set<string>();
  /** By the hash of their start, the longest first. */
  readonly #buckets = new Map<number, readonly string[]>();
  /** Passes by most places of a text without a look into the buckets. */
  readonly #isUsed = new Uint8Array(bucketCount);
  readonly #shortStarts = new Set<string>();
  #longest = 0;

  /** At least four characters. */
  add(form: string): void {
    if (this.#known.has(form)) {
      return;
    }
    this.#known.add(form);
    const hash = [0, 1, 2, 3].reduce((sum, at) => withNext(sum, form, at), 0);
    const bucket = [...(this.#buckets.get(hash) ?? []), form].sort((a, b) => b.length - a.length);
    this.#buckets.set(hash, bucket);
    this.#isUsed[slotOf(hash)] = 1;
    [1, 2, 3].forEach((length) => this.#shortStarts.add(form.slice(0, length)));
    this.#longest = Math.max(this.#longest, form.length);
  }

  /** Where forms stand, from left to right, the longest that begins at a place, none within another. */
  *places(text: string): Generator<Place> {
    let [hash, settled] = [0, 0];
    for (let end = 0; end < text.length; end++) {
      hash = withNext(hash, text, end);
      const index = end - startLength + 1;
      if (index < settled || this.#isUsed[slotOf(hash)] !== 1) {
        continue;
      }
      const form = this.#buckets.get(hash)?.find((each) => text.startsWith(each, index));
      if (form !== undefined) {
        yield { index, length: form.length };
        settled = index + form.length;
      }
    }
  }

  /** Where the text's end, at least `shortest` long, becomes the start of a form; the text's length when it does not. */
  openEnd(text: string, shortest: number): number {
    const long = this.#openLongEnd(text, shortest);
    const shortEnds = [3, 2, 1].filter((length) => length >= shortest && length <= text.length);
    const short = shortEnds.find((length) => this.#shortStarts.has(text.slice(-length))) ?? 0;
    return Math.min(long, text.length - short);
  }

  #openLongEnd(text: string, shortest: number): number {
    const from = Math.max(0, text.length - this.#longest + 1);
    let hash = 0;
    for (let end = from; end < text.length; end++) {
      hash = withNext(hash, text, end);
      const index = end - startLength + 1;
      const mayBegin = index >= from && text.length - index >= shortest && this.#isUsed[slotOf(hash)] === 1;
      if (mayBegin && (this.#buckets.get(hash) ?? []).some((form) => isStart(text.slice(index), form))) {
        return index;
      }
    }
    return text.length;
  }
}

/** Of the last four characters alone: what stood before is shifted out. */
function withNext(hash: number, text: string, index: number): number {
  return (hash << 8) ^ text.charCodeAt(index);
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 16)) & (bucketCount - 1);
}

function isStart(text: string, form: string): boolean {
  return form.length > text.length && form.startsWith(text);
}
