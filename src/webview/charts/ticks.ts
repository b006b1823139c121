/** Round values for an axis of counts from 0 on: about `count` steps of 1, 2 or 5 times a power of ten, none below 1. */
export function countTicks(largest: number, count: number): readonly number[] {
  const rough = Math.max(1, largest / count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  const steps = Math.max(1, Math.ceil(largest / step));
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}

/** Powers of ten that enclose the values, for a logarithmic axis; between two of them 2 and 5 as well. */
export function logTicks(smallest: number, largest: number): readonly number[] {
  const first = Math.floor(Math.log10(Math.max(smallest, 1)));
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(largest, 1))));
  const powers = Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
  const [low = 1] = powers;
  return powers.length > 2 ? powers : [low, 2 * low, 5 * low, 10 * low];
}

/** The indexes of at most `most` of `count` places, evenly spread and counted back from the last. */
export function spread(count: number, most: number): readonly number[] {
  const step = Math.max(1, Math.ceil(count / Math.max(1, most)));
  const last = count - 1;
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => last - index * step).reverse();
}
