import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Legend } from "../charts/Legend.tsx";
import { type BarSeries, StackedBars } from "../charts/StackedBars.tsx";
import { formatNumber } from "../parts/format.ts";
import { pageLocale } from "../parts/pageLocale.ts";
import type { TimeSlots } from "./slots.ts";
import { formatCompact, formatDay } from "./words.ts";

interface TimeFigureProps {
  readonly title: string;
  readonly time: TimeSlots;
  readonly series: readonly BarSeries[];
}

/** A chart over time, and below it its numbers. */
export function TimeFigure({ title, time, series }: TimeFigureProps): JSX.Element {
  const locale = pageLocale();
  const { slots } = time;
  const [isOpen, setOpen] = useState(false);
  const titleOf = (slot: number): string =>
    [
      formatDay(slots[slot]?.name ?? "", locale),
      ...series.map(({ label, values }) => `${label}: ${formatNumber(values[slot] ?? 0, locale)}`),
    ].join("\n");
  return (
    <figure class="time-figure">
      <figcaption>
        <h2>{title}</h2>
        <Legend entries={series} />
      </figcaption>
      <StackedBars
        label={l10n.t("{0}, bars; the numbers are in the table below", title)}
        series={series}
        slotCount={slots.length}
        slotLabel={(slot) => formatDay(slots[slot]?.name ?? "", locale, "short")}
        slotTitle={titleOf}
        formatTick={(value) => formatCompact(value, locale)}
      />
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{l10n.t("Table")}</summary>
        {isOpen && <SlotTable title={title} time={time} series={series} locale={locale} />}
      </details>
    </figure>
  );
}

/** Days on which nothing was sent are left out. */
function SlotTable({
  title,
  time: { slots, unit },
  series,
  locale,
}: TimeFigureProps & { readonly locale: string }): JSX.Element {
  const rows = slots
    .map((slot, index) => ({ slot, index }))
    .filter(({ slot }) => slot.requests > 0)
    .reverse();
  return (
    <div class="scroll slot-scroll" role="region" aria-label={title} tabIndex={0}>
      <table class="figures">
        <caption class="sr-only">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{unit === "day" ? l10n.t("Day") : l10n.t("Month")}</th>
            {series.map(({ mark, label }) => (
              <th key={mark} scope="col" class="figure">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ slot, index }) => (
            <tr key={slot.name}>
              <th scope="row">{formatDay(slot.name, locale)}</th>
              {series.map(({ mark, values }) => (
                <td key={mark} class="figure">
                  {formatNumber(values[index] ?? 0, locale)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
