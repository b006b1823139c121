import type { JSX } from "preact";
import type { RunEnd } from "../../shared/runPanel.ts";
import { pageLocale } from "../parts/pageLocale.ts";
import { type Metric, metricsOf } from "./metricsOf.ts";
import { paceMetrics } from "./paceMetrics.ts";
import { Timeline } from "./Timeline.tsx";

/** The figures below a run: what everybody asks first, then the course of the stream. */
export function Metrics({ end }: { readonly end: RunEnd }): JSX.Element {
  const locale = pageLocale();
  return (
    <>
      <Row metrics={metricsOf(end, locale)} />
      {end.timings !== undefined && <Timeline timings={end.timings} />}
      <Row metrics={paceMetrics(end.timings, locale)} class="metrics-further" />
    </>
  );
}

function Row({
  metrics,
  class: className = "",
}: {
  readonly metrics: readonly Metric[];
  readonly class?: string;
}): JSX.Element | null {
  return metrics.length === 0 ? null : (
    <dl class={`metrics ${className}`.trimEnd()}>
      {metrics.map(({ name, value, definition }) => (
        <div key={name} title={definition}>
          <dt>{name}</dt>
          <dd aria-description={definition}>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
