import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { UsageReport } from "../../core/usage/usageReport.ts";
import type { UsageView } from "../../shared/usagePanel.ts";
import type { BarSeries } from "../charts/StackedBars.tsx";
import { slotsOf, type TimeSlots } from "./slots.ts";
import { TimeFigure } from "./TimeFigure.tsx";

/** How requests and tokens went over the range. */
export function TimeCharts({
  view,
  report,
}: {
  readonly view: UsageView;
  readonly report: UsageReport;
}): JSX.Element {
  const time = useMemo(() => slotsOf(report, view.firstDay, view.lastDay), [view, report]);
  const isDaily = time.unit === "day";
  return (
    <div class="time-charts">
      <TimeFigure
        title={isDaily ? l10n.t("Requests per day") : l10n.t("Requests per month")}
        time={time}
        series={requestSeries(time, report)}
      />
      <TimeFigure
        title={isDaily ? l10n.t("Tokens per day") : l10n.t("Tokens per month")}
        time={time}
        series={tokenSeries(time)}
      />
    </div>
  );
}

function requestSeries({ slots }: TimeSlots, { total }: UsageReport): readonly BarSeries[] {
  const stopped = {
    mark: "mark-stopped",
    label: l10n.t("Stopped"),
    values: slots.map((slot) => slot.stopped),
  };
  return [
    {
      mark: "mark-requests",
      label: l10n.t("Succeeded"),
      values: slots.map(({ requests, errors, stopped: ended }) => requests - errors - ended),
    },
    ...(total.stopped > 0 ? [stopped] : []),
    { mark: "mark-errors", label: l10n.t("Errors"), values: slots.map(({ errors }) => errors) },
  ];
}

function tokenSeries({ slots }: TimeSlots): readonly BarSeries[] {
  return [
    { mark: "mark-input", label: l10n.t("Input"), values: slots.map(({ inputTokens }) => inputTokens) },
    { mark: "mark-output", label: l10n.t("Output"), values: slots.map(({ outputTokens }) => outputTokens) },
  ];
}
