import type { JSX } from "preact";

export interface LegendEntry {
  /** One of charts.css: the colour and shape of the mark. */
  readonly mark: string;
  readonly label: string;
}

/** What the marks of a chart mean, in the order in which they are drawn. */
export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }): JSX.Element {
  return (
    <ul class="legend">
      {entries.map(({ mark, label }) => (
        <li key={mark}>
          <svg class="legend-mark" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
            {mark === "mark-p95" ? (
              <line class={mark} x1="5" x2="5" y1="0" y2="10" />
            ) : mark === "mark-p50" || mark === "mark-p99" ? (
              <circle class={mark} cx="5" cy="5" r="4" />
            ) : (
              <rect class={mark} x="0.5" y="0.5" width="9" height="9" rx="1" />
            )}
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
