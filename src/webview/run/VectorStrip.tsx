import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { barsOf, stripBox } from "./barsOf.ts";
import { formatComponent } from "../parts/format.ts";

/** Bars above and below zero, scaled to the largest of them. The numbers are in the list below it. */
export function VectorStrip({ values }: { readonly values: readonly number[] }): JSX.Element | null {
  const { width, box } = stripBox(values.length);
  if (width === 0) {
    return null;
  }
  return (
    <svg
      class="strip"
      role="img"
      aria-label={l10n.t("Bars of the first {0} values", values.length)}
      viewBox={box}
      preserveAspectRatio="none"
    >
      {barsOf(values).map(({ sign, ...place }, index) => (
        <rect key={index} class={`bar bar-${sign}`} {...place} rx="1">
          <title>{`${index}: ${formatComponent(values[index] ?? 0).trim()}`}</title>
        </rect>
      ))}
      <line class="zero" x1="0" x2={width} y1="0" y2="0" />
    </svg>
  );
}
