/** One line of the bench's table: a figure with its spread over the rounds, and what it was measured against. */
export type Figure = {
  readonly suite: string;
  readonly what: string;
  /** What the figure is a multiple of; empty for a size or a count. */
  readonly against: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly rounds: number;
  readonly unit: "times" | "KB" | "ms" | "";
  /** A figure beyond this is said to be over its limit; only sizes have one that is also a test. */
  readonly limit?: number;
};

/** A named part of the bench. It yields figures as it gets them, so that a long suite shows its progress. */
export type Suite = {
  readonly name: string;
  /** One line: what is measured against what. */
  readonly title: string;
  readonly run: (say: (line: string) => void) => Promise<readonly Figure[]>;
};

type Measured = Pick<Figure, "median" | "min" | "max" | "rounds">;

/** Median and spread of one value a round. Throws without a value, which would be a mistake of the suite. */
export function measured(values: readonly number[]): Measured {
  const sorted = values.toSorted((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  const upper = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (min === undefined || max === undefined || lower === undefined || upper === undefined) {
    throw new Error("A figure needs at least one round.");
  }
  return { median: (lower + upper) / 2, min, max, rounds: values.length };
}

/** The lines of a table for a terminal: figures in columns, one heading a suite. */
export function tableOf(figures: readonly Figure[]): readonly string[] {
  const rows = figures.map((figure) => [what(figure), value(figure.median, figure), spread(figure)] as const);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column === 0 ? 0 : 1].length)));
  return rows.map(([first, second, third], index) => {
    const line = `${first.padEnd(widths[0] ?? 0)}  ${second.padStart(widths[1] ?? 0)}  ${third}`.trimEnd();
    return `  ${line}${overLimit(figures[index])}`;
  });
}

function what({ what: name, against }: Figure): string {
  return against === "" ? name : `${name} / ${against}`;
}

function spread(figure: Figure): string {
  const limit = figure.limit === undefined ? "" : `limit ${value(figure.limit, figure)}`;
  if (figure.rounds === 1) return limit;
  return `${value(figure.min, figure)} … ${value(figure.max, figure)}, ${figure.rounds} rounds ${limit}`;
}

function overLimit(figure: Figure | undefined): string {
  return figure?.limit !== undefined && figure.median > figure.limit ? "  ✘ over its limit" : "";
}

function value(number: number, { unit }: Figure): string {
  const digits = Math.abs(number) >= 100 ? 0 : Math.abs(number) >= 10 ? 1 : 2;
  const text = Number.isInteger(number) && unit !== "times" ? String(number) : number.toFixed(digits);
  return unit === "times" ? `${text}×` : unit === "" ? text : `${text} ${unit}`;
}
