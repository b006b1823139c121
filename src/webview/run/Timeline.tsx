import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { ChunkBin, RunTimings } from "../../core/chat/timings.ts";
import { formatDuration, formatNumber } from "../parts/format.ts";
import { pageLocale } from "../parts/pageLocale.ts";
import { chunkBars, timelineHeight, timelineWidth } from "./timelineOf.ts";

type Bins = readonly ChunkBin[];

/** When the chunks of a reply came, as bars; the numbers unfold as a table. A reply in one piece has no course to be drawn. */
export function Timeline({ timings }: { readonly timings: RunTimings }): JSX.Element | null {
  const { timeline = [] } = timings;
  if (timeline.length < 2) {
    return null;
  }
  const lanes = [...new Set(timeline.map(({ lane }) => lane))];
  return (
    <section class="timeline">
      <h2>{l10n.t("Chunks over time")}</h2>
      <svg
        role="img"
        aria-label={summaryOf(timeline, timings.endToEndMs)}
        viewBox={`0 0 ${timelineWidth} ${timelineHeight}`}
        preserveAspectRatio="none"
      >
        {chunkBars(timings).map(({ lane, ...place }, index) => (
          <rect key={index} class={`chunk-${lane}`} {...place} />
        ))}
        <line class="zero" x1="0" x2={timelineWidth} y1={timelineHeight} y2={timelineHeight} />
      </svg>
      <p class="timeline-ends">
        <span>{l10n.t("Sent")}</span>
        {lanes.length > 1 && <Legend lanes={lanes} />}
        <span>{formatDuration(timings.endToEndMs, pageLocale())}</span>
      </p>
      <details>
        <summary>{l10n.t("Numbers")}</summary>
        <Table bins={timeline} />
      </details>
    </section>
  );
}

function Legend({ lanes }: { readonly lanes: readonly ChunkBin["lane"][] }): JSX.Element {
  return (
    <span class="timeline-legend">
      {lanes.map((lane) => (
        <span key={lane} class="timeline-lane">
          <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
            <rect class={`chunk-${lane}`} width="8" height="8" />
          </svg>
          {laneName(lane)}
        </span>
      ))}
    </span>
  );
}

function Table({ bins }: { readonly bins: Bins }): JSX.Element {
  const locale = pageLocale();
  return (
    <div class="timeline-table" tabIndex={0} role="group" aria-label={l10n.t("Chunks over time")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{l10n.t("Time")}</th>
            <th scope="col">{l10n.t("Lane")}</th>
            <th scope="col">{l10n.t("Chunks")}</th>
            <th scope="col">{l10n.t("Characters")}</th>
          </tr>
        </thead>
        <tbody>
          {bins.map(({ atMs, lane, chunks, characters }, index) => (
            <tr key={index}>
              <td>{l10n.t("{0} ms", formatNumber(atMs, locale, 1))}</td>
              <td>{laneName(lane)}</td>
              <td>{formatNumber(chunks, locale)}</td>
              <td>{formatNumber(characters, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function laneName(lane: ChunkBin["lane"]): string {
  const names: Record<ChunkBin["lane"], string> = {
    answer: l10n.t("Answer"),
    reasoning: l10n.t("Reasoning"),
    "tool-call": l10n.t("Tool call"),
  };
  return names[lane];
}

function summaryOf(bins: Bins, endToEndMs: number): string {
  const locale = pageLocale();
  const chunks = bins.reduce((sum, bin) => sum + bin.chunks, 0);
  return l10n.t(
    "{0} chunks between {1} and {2} after sending",
    formatNumber(chunks, locale),
    formatDuration(bins[0]?.atMs ?? 0, locale),
    formatDuration(endToEndMs, locale),
  );
}
