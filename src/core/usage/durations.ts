/** Percentiles of durations in a memory that does not grow with their number. */

/**
 * A logarithmic histogram, as in DDSketch (Masson, Rim, Lee: VLDB 2019). With a relative error of a = 1 %,
 * g = (1 + a) / (1 - a); bucket i holds g^(i-1) < x <= g^i and answers 2·g^i / (g + 1), which is at most 1 % away from
 * every x in it; never less than the smallest value or more than the largest. The percentile p of n values is the one of rank ceil(p·n / 100), the smallest having rank 1.
 * Below a microsecond it answers 0, and what lasted longer than 30 years counts as 30 years.
 */
export class Durations {
  /** Counts of neighbouring buckets, the first of them being `#first`. */
  #counts = new Uint32Array(0);
  #first = 0;
  #zeros = 0;
  #size = 0;
  #smallest = Number.POSITIVE_INFINITY;
  #largest = 0;

  add(durationMs: number): void {
    if (!(durationMs >= 0)) {
      return;
    }
    this.#size += 1;
    this.#smallest = Math.min(this.#smallest, durationMs);
    this.#largest = Math.max(this.#largest, durationMs);
    if (durationMs < shortestMs) {
      this.#zeros += 1;
      return;
    }
    const index = bucketOf(Math.min(durationMs, longestMs));
    this.#makeRoom(index);
    const place = index - this.#first;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  /** Undefined where nothing was added. */
  percentile(percent: number): number | undefined {
    if (this.#size === 0) {
      return undefined;
    }
    const rank = Math.max(1, Math.ceil((percent * this.#size) / 100));
    let seen = this.#zeros;
    if (seen >= rank) {
      return 0;
    }
    for (const [place, count] of this.#counts.entries()) {
      seen += count;
      if (seen >= rank) {
        return Math.max(this.#smallest, Math.min(this.#largest, valueOf(this.#first + place)));
      }
    }
    return undefined;
  }

  #makeRoom(index: number): void {
    const end = this.#first + this.#counts.length;
    if (this.#counts.length > 0 && index >= this.#first && index < end) {
      return;
    }
    const isEmpty = this.#counts.length === 0;
    const first = isEmpty ? index : Math.min(index, this.#first);
    const counts = new Uint32Array((isEmpty ? index + 1 : Math.max(index + 1, end)) - first);
    counts.set(this.#counts, isEmpty ? 0 : this.#first - first);
    this.#counts = counts;
    this.#first = first;
  }
}

const relativeError = 0.01;
const growth = (1 + relativeError) / (1 - relativeError);
const logGrowth = Math.log(growth);
const shortestMs = 0.001;
const longestMs = 30 * 365 * 24 * 3_600_000;

function bucketOf(value: number): number {
  return Math.ceil(Math.log(value) / logGrowth);
}

function valueOf(bucket: number): number {
  return (2 * Math.exp(bucket * logGrowth)) / (growth + 1);
}
