import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { UsageGroup, UsageGrouping } from "../../core/usage/usageReport.ts";
import { Legend } from "../charts/Legend.tsx";
import { RangePlot, type RangeRow } from "../charts/RangePlot.tsx";
import { formatNumber } from "../parts/format.ts";
import { pageLocale } from "../parts/pageLocale.ts";
import { formatLatency, formatLatencyTick, groupingLabel, groupName } from "./words.ts";

interface LatencyFigureProps {
  readonly grouping: UsageGrouping;
  /** In the order of the table. */
  readonly groups: readonly UsageGroup[];
}

const mostRows = 12;

/** How long requests took, of the first groups of the table below it. */
export function LatencyFigure({ grouping, groups }: LatencyFigureProps): JSX.Element | null {
  const locale = pageLocale();
  const all = groups.filter(({ p50Ms }) => p50Ms !== undefined);
  const rows = all.slice(0, mostRows).map((group) => rowOf(grouping, group, locale));
  if (rows.length === 0) {
    return null;
  }
  const title = l10n.t("Latency by {0}", groupingLabel(grouping));
  return (
    <figure class="latency-figure">
      <figcaption>
        <h2>
          {l10n.t("Latency")}
          <span class="aside">{l10n.t("logarithmic scale")}</span>
          {all.length > rows.length && (
            <span class="aside">
              {l10n.t("first {0} of {1}", rows.length, formatNumber(all.length, locale))}
            </span>
          )}
        </h2>
        <Legend
          entries={[
            { mark: "mark-p50", label: l10n.t("Median") },
            { mark: "mark-p95", label: "p95" },
            { mark: "mark-p99", label: "p99" },
          ]}
        />
      </figcaption>
      <RangePlot
        label={l10n.t("{0}, percentiles; the numbers are in the table below", title)}
        rows={rows}
        formatTick={(value) => formatLatencyTick(value, locale)}
      />
    </figure>
  );
}

function rowOf(grouping: UsageGrouping, group: UsageGroup, locale: string): RangeRow {
  const { p50Ms = 0, p95Ms = 0, p99Ms = 0 } = group;
  const { text } = groupName(grouping, group, locale);
  const figures = [
    `${l10n.t("Median")}: ${formatLatency(p50Ms, locale)}`,
    `p95: ${formatLatency(p95Ms, locale)}`,
    `p99: ${formatLatency(p99Ms, locale)}`,
  ];
  return {
    name: <bdi>{text}</bdi>,
    title: [text, ...figures].join("\n"),
    p50: p50Ms,
    p95: p95Ms,
    p99: p99Ms,
  };
}
