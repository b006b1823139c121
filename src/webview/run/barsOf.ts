const barWidth = 12;
const slotWidth = 16;
const halfHeight = 32;

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly sign: "positive" | "negative";
}

/** In the strip's own units, y downwards from the zero line. What is not a number has no height. */
export function barsOf(values: readonly number[]): readonly Bar[] {
  const largest = Math.max(...values.filter(Number.isFinite).map(Math.abs), Number.MIN_VALUE);
  return values.map((value, index) => {
    const height = Number.isFinite(value)
      ? Math.round((Math.abs(value) / largest) * halfHeight * 100) / 100
      : 0;
    const sign = value < 0 ? "negative" : "positive";
    return {
      x: index * slotWidth + (slotWidth - barWidth) / 2,
      width: barWidth,
      y: sign === "negative" ? 0 : -height,
      height,
      sign,
    };
  });
}

/** `viewBox` of the strip for as many bars. */
export function stripBox(count: number): { readonly width: number; readonly box: string } {
  const width = count * slotWidth;
  return { width, box: `0 ${-halfHeight} ${width} ${2 * halfHeight}` };
}
