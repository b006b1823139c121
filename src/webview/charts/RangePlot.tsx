import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { logTicks } from "./ticks.ts";
import { useWidth } from "./useWidth.ts";

export interface RangeRow {
  readonly name: JSX.Element | string;
  readonly title: string;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface RangePlotProps {
  /** Says what is drawn; the numbers are in the table beside it. */
  readonly label: string;
  readonly rows: readonly RangeRow[];
  readonly formatTick: (value: number) => string;
}

const rowHeight = 24;
const axisHeight = 24;
const inset = 10;

/** A line a row from the median to the 99th percentile, on a logarithmic axis: models and checks lie powers of ten apart. */
export function RangePlot({ label, rows, formatTick }: RangePlotProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const ticks = logTicks(Math.min(...rows.map(({ p50 }) => p50)), Math.max(...rows.map(({ p99 }) => p99)));
  const xOf = scale(ticks, width);
  const height = rows.length * rowHeight + axisHeight;
  return (
    <div class="range-plot">
      <ol class="range-names" aria-hidden="true">
        {rows.map(({ name, title }, index) => (
          <li key={index} title={title}>
            {name}
          </li>
        ))}
      </ol>
      <div class="chart" ref={box}>
        {width > 2 * inset && (
          <svg role="img" aria-label={label} width={width} height={height}>
            <g class="axis">
              {shownTicks(ticks, width).map((tick) => (
                <g key={tick}>
                  <line class="axis-grid" x1={xOf(tick)} x2={xOf(tick)} y1="0" y2={height - axisHeight} />
                  <text x={xOf(tick)} y={height - 7} text-anchor={anchorOf(tick, ticks)}>
                    {formatTick(tick)}
                  </text>
                </g>
              ))}
            </g>
            {rows.map((row, index) => (
              <Range key={index} row={row} y={(index + 0.5) * rowHeight} xOf={xOf} width={width} />
            ))}
          </svg>
        )}
      </div>
    </div>
  );
}

interface RangeProps {
  readonly row: RangeRow;
  readonly y: number;
  readonly xOf: (value: number) => number;
  readonly width: number;
}

function Range({ row, y, xOf, width }: RangeProps): JSX.Element {
  const [p50, p95, p99] = [xOf(row.p50), xOf(row.p95), xOf(row.p99)];
  return (
    <g class="slot">
      <rect class="slot-area" x="0" y={y - rowHeight / 2} width={width} height={rowHeight}>
        <title>{row.title}</title>
      </rect>
      <line class="range-line" x1={p50} x2={p99} y1={y} y2={y} />
      <line class="mark-p95" x1={p95} x2={p95} y1={y - 5} y2={y + 5} />
      <circle class="mark-p99" cx={p99} cy={y} r="4" />
      <circle class="mark-p50" cx={p50} cy={y} r="4" />
    </g>
  );
}

function scale(ticks: readonly number[], width: number): (value: number) => number {
  const low = Math.log(ticks[0] ?? 1);
  const high = Math.log(ticks.at(-1) ?? 10);
  return (value) =>
    Math.round(inset + ((Math.log(Math.max(value, 1)) - low) / (high - low)) * (width - 2 * inset)) + 0.5;
}

/** Labels need their room. */
function shownTicks(ticks: readonly number[], width: number): readonly number[] {
  const step = Math.max(1, Math.ceil((ticks.length * 52) / width));
  return ticks.filter((_, index) => index % step === 0);
}

function anchorOf(tick: number, ticks: readonly number[]): "start" | "middle" | "end" {
  if (tick === ticks[0]) {
    return "start";
  }
  return tick === ticks.at(-1) ? "end" : "middle";
}
