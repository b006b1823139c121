import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { countTicks, spread } from "./ticks.ts";
import { useWidth } from "./useWidth.ts";

export interface BarSeries {
  /** One of charts.css. */
  readonly mark: string;
  readonly label: string;
  readonly values: readonly number[];
}

export interface StackedBarsProps {
  /** Says what is drawn; the numbers are in the table beside it. */
  readonly label: string;
  /** From the bottom up, one value for each slot. */
  readonly series: readonly BarSeries[];
  readonly slotCount: number;
  /** Short, for the axis. */
  readonly slotLabel: (slot: number) => string;
  /** In full, with the figures, for whoever points at it. */
  readonly slotTitle: (slot: number) => string;
  readonly formatTick: (value: number) => string;
}

const height = 148;
const [top, bottom, left] = [10, 22, 40];
const labelWidth = 64;
const widestBar = 28;

export function StackedBars(props: StackedBarsProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <div class="chart" ref={box}>
      {width > left && (
        <svg role="img" aria-label={props.label} width={width} height={height}>
          <Axis {...props} width={width} />
          <Bars {...props} width={width} />
        </svg>
      )}
    </div>
  );
}

type Drawn = StackedBarsProps & { readonly width: number };

function Axis({ series, slotCount, slotLabel, formatTick, width }: Drawn): JSX.Element {
  const ticks = ticksOf(series, slotCount);
  const slot = (width - left) / slotCount;
  return (
    <g class="axis">
      {ticks.map((tick) => (
        <g key={tick}>
          <line class={tick === 0 ? "axis-base" : "axis-grid"} x1={left} x2={width} {...level(tick, ticks)} />
          <text x={left - 8} y={yOf(tick, ticks) + 4} text-anchor="end">
            {formatTick(tick)}
          </text>
        </g>
      ))}
      {spread(slotCount, Math.floor((width - left) / labelWidth)).map((index) => (
        <text key={index} {...slotText(left + (index + 0.5) * slot, width)} y={height - 6}>
          {slotLabel(index)}
        </text>
      ))}
    </g>
  );
}

function Bars({ series, slotCount, slotTitle, width }: Drawn): JSX.Element {
  const ticks = ticksOf(series, slotCount);
  const slot = (width - left) / slotCount;
  const bar = Math.min(widestBar, slot > 4 ? slot * 0.72 : slot * 0.86);
  return (
    <g>
      {Array.from({ length: slotCount }, (_, index) => {
        const x = left + index * slot;
        return (
          <g key={index} class="slot">
            <rect class="slot-area" x={x} y={top} width={slot} height={height - top - bottom}>
              <title>{slotTitle(index)}</title>
            </rect>
            {pieces(series, index, ticks).map(({ mark, y, height: tall }) => (
              <rect key={mark} class={mark} x={x + (slot - bar) / 2} y={y} width={bar} height={tall} />
            ))}
          </g>
        );
      })}
    </g>
  );
}

interface Piece {
  readonly mark: string;
  readonly y: number;
  readonly height: number;
}

/** A pixel lies between two pieces, and whatever is not zero can be seen. */
function pieces(series: readonly BarSeries[], slot: number, ticks: readonly number[]): readonly Piece[] {
  const drawn: Piece[] = [];
  let floor = yOf(0, ticks);
  for (const { mark, values } of series) {
    const value = values[slot] ?? 0;
    if (value > 0) {
      const tall = Math.max(1.5, yOf(0, ticks) - yOf(value, ticks) - (drawn.length > 0 ? 1 : 0));
      const y = floor - tall - (drawn.length > 0 ? 1 : 0);
      drawn.push({ mark, y, height: tall });
      floor = y;
    }
  }
  return drawn;
}

function ticksOf(series: readonly BarSeries[], slotCount: number): readonly number[] {
  let largest = 0;
  for (let slot = 0; slot < slotCount; slot += 1) {
    largest = Math.max(
      largest,
      series.reduce((sum, { values }) => sum + (values[slot] ?? 0), 0),
    );
  }
  return countTicks(largest, 4);
}

function yOf(value: number, ticks: readonly number[]): number {
  const largest = ticks.at(-1) ?? 1;
  return height - bottom - (value / largest) * (height - top - bottom);
}

/** On whole pixels and a half, where a line is sharp. */
function level(tick: number, ticks: readonly number[]): { readonly y1: number; readonly y2: number } {
  const y = Math.round(yOf(tick, ticks)) + 0.5;
  return { y1: y, y2: y };
}

/** The last label ends with the chart. */
function slotText(
  x: number,
  width: number,
): { readonly x: number; readonly "text-anchor": "middle" | "end" } {
  const half = labelWidth / 2;
  return x + half > width ? { x: width, "text-anchor": "end" } : { x, "text-anchor": "middle" };
}
