import type { JSX } from "preact";
import type { RunEnd } from "../../shared/runPanel.ts";
import { pageLocale } from "../parts/pageLocale.ts";
import { closingFigures } from "./followEnd.ts";
import { type Metric, metricsOf } from "./metricsOf.ts";
import { paceMetrics } from "./paceMetrics.ts";
import { Timeline } from "./Timeline.tsx";

/** The figures below a run: what everybody asks first, then the course of the stream. */
export function Metrics({ end }: { readonly end: RunEnd }): JSX.Element {
  const locale = pageLocale();
  return (
    <>
      <Row metrics={metricsOf(end, locale)} place="first" />
      {end.timings !== undefined && <Timeline timings={end.timings} />}
      <Row metrics={paceMetrics(end.timings, locale)} place="further" />
    </>
  );
}

function Row({
  metrics,
  place,
}: {
  readonly metrics: readonly Metric[];
  readonly place: "first" | "further";
}): JSX.Element | null {
  const look =
    place === "first" ? { class: "metrics", [closingFigures]: "" } : { class: "metrics metrics-further" };
  return metrics.length === 0 ? null : (
    <dl {...look}>
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
