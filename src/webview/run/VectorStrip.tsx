import { t } from "@vscode/l10n";
import type { JSX } from "preact";
import { formatComponent } from "./format.ts";

const barWidth = 12;
const slotWidth = 16;
const halfHeight = 32;

/** Bars above and below zero, scaled to the largest of them. The numbers are in the list below it. */
export function VectorStrip({ values }: { readonly values: readonly number[] }): JSX.Element | null {
  const width = values.length * slotWidth;
  if (width === 0) {
    return null;
  }
  return (
    <svg
      class="strip"
      role="img"
      aria-label={t("Bars of the first {0} values", values.length)}
      viewBox={`0 ${-halfHeight} ${width} ${2 * halfHeight}`}
      preserveAspectRatio="none"
    >
      {barsOf(values).map(({ x, y, height, sign }, index) => (
        <rect key={index} class={`bar bar-${sign}`} x={x} y={y} width={barWidth} height={height} rx="1">
          <title>{`${index}: ${formatComponent(values[index] ?? 0).trim()}`}</title>
        </rect>
      ))}
      <line class="zero" x1="0" x2={width} y1="0" y2="0" />
    </svg>
  );
}

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly sign: "positive" | "negative";
}

/** In the strip's own units, y downwards from the zero line. What is not a number has no height. */
export function barsOf(values: readonly number[]): readonly Bar[] {
  const largest = Math.max(...values.filter(Number.isFinite).map(Math.abs), Number.MIN_VALUE);
  return values.map((value, index) => {
    const height = Number.isFinite(value) ? Math.round((Math.abs(value) / largest) * halfHeight * 100) / 100 : 0;
    const sign = value < 0 ? "negative" : "positive";
    return { x: index * slotWidth + (slotWidth - barWidth) / 2, y: sign === "negative" ? 0 : -height, height, sign };
  });
}
