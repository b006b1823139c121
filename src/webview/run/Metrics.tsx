import type { JSX } from "preact";
import type { RunEnd } from "../../shared/runPanel.ts";
import { metricsOf } from "./metricsOf.ts";
import { pageLocale } from "../parts/pageLocale.ts";

/** The row of figures below a run. */
export function Metrics({ end }: { readonly end: RunEnd }): JSX.Element | null {
  const metrics = metricsOf(end, pageLocale());
  return metrics.length === 0 ? null : (
    <dl class="metrics">
      {metrics.map(({ name, value, definition }) => (
        <div key={name} title={definition}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
