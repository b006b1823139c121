import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { UsageFigures } from "../../core/usage/usageReport.ts";
import { formatNumber } from "../parts/format.ts";
import { pageLocale } from "../parts/pageLocale.ts";
import { formatCost, formatLatency, formatPercent } from "./words.ts";

interface Figure {
  readonly name: string;
  readonly value: string;
  /** Smaller, beside it. */
  readonly more?: string;
}

/** The sums over everything in the range. */
export function Totals({ total }: { readonly total: UsageFigures }): JSX.Element {
  return (
    <dl class="totals">
      {figuresOf(total, pageLocale()).map(({ name, value, more }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
            {more !== undefined && <span class="total-more">{more}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function figuresOf(total: UsageFigures, locale: string): readonly Figure[] {
  const { requests, errors, stopped, inputTokens, outputTokens, p50Ms, p95Ms } = total;
  const count = (value: number): string => formatNumber(value, locale);
  const cost = formatCost(total, locale);
  return [
    { name: l10n.t("Requests"), value: count(requests) },
    {
      name: l10n.t("Errors"),
      value: count(errors),
      ...(errors > 0 ? { more: formatPercent(errors, requests, locale) } : {}),
    },
    ...(stopped > 0 ? [{ name: l10n.t("Stopped"), value: count(stopped) }] : []),
    { name: l10n.t("Input tokens"), value: count(inputTokens) },
    { name: l10n.t("Output tokens"), value: count(outputTokens) },
    ...(p50Ms === undefined
      ? []
      : [
          { name: l10n.t("Median latency"), value: formatLatency(p50Ms, locale) },
          { name: l10n.t("p95 latency"), value: formatLatency(p95Ms, locale) },
        ]),
    ...(cost === "" ? [] : [{ name: l10n.t("Cost"), value: cost }]),
  ];
}
