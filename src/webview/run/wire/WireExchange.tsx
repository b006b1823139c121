import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { SdkReading } from "../../../core/chat/sdkReading.ts";
import { visibleId } from "../../../core/visible.ts";
import type { RunPanelContract } from "../../../shared/runPanel.ts";
import type { WireSummary } from "../../../shared/wireViews.ts";
import { formatDuration, formatNumber } from "../../parts/format.ts";
import { pageLocale } from "../../parts/pageLocale.ts";
import { Segmented } from "../../parts/Segmented.tsx";
import { WireText } from "../../parts/WireText.tsx";
import { CopyText } from "../CopyText.tsx";
import { EventTable } from "./EventTable.tsx";
import { SdkPart } from "./SdkPart.tsx";
import { WirePart } from "./WirePart.tsx";
import type { WireSource } from "./wireSource.ts";

export type Part = "request" | "reply" | "events" | "sdk";

/** What is to be seen of an exchange. */
export interface Place {
  readonly fold: "folded" | "unfolded";
  readonly part: Part;
}

interface WireExchangeProps {
  readonly wire: WireSource;
  readonly summary: WireSummary;
  readonly reading: SdkReading | undefined;
  readonly jumps: number;
  readonly place: Place;
  readonly onPlace: (place: Place) => void;
}

/** One request and its reply: a line that unfolds to all that was sent and came. */
export function WireExchange(props: WireExchangeProps): JSX.Element {
  const { summary, place, onPlace } = props;
  return (
    <details
      class="exchange wire-exchange"
      open={place.fold === "unfolded"}
      onToggle={({ currentTarget }) => {
        const fold = currentTarget.open ? "unfolded" : "folded";
        if (fold !== place.fold) {
          onPlace({ ...place, fold });
        }
      }}
    >
      <summary>
        <span class="exchange-method">{visibleId(summary.method)}</span>{" "}
        <WireText class="exchange-url" text={summary.url} /> <Outcome summary={summary} />{" "}
        <span class="exchange-duration">{formatDuration(summary.durationMs, pageLocale())}</span>
      </summary>
      {place.fold === "unfolded" && <Content {...props} />}
    </details>
  );
}

function Outcome({ summary: { status, fault } }: { readonly summary: WireSummary }): JSX.Element {
  const isBad = fault !== undefined || (status !== undefined && status >= 400);
  const isOpen = status === undefined && fault === undefined;
  const text = [status === undefined ? "" : String(status), fault ?? ""].join(" ").trim();
  return (
    <span class={isBad ? "exchange-outcome exchange-bad" : "exchange-outcome"}>
      {!isOpen && <span aria-hidden="true">{isBad ? "✘ " : "✔ "}</span>}
      <WireText text={text} />
    </span>
  );
}

function Content({ wire, summary, reading, jumps, place, onPlace }: WireExchangeProps): JSX.Element {
  const options = partsOf(summary, reading);
  // A reading may go away with a new run of the same; the request is always there.
  const chosen = options.some(({ value }) => value === place.part) ? place.part : "request";
  return (
    <div class="exchange-content">
      <div class="wire-bar">
        <Segmented
          label={l10n.t("Part of the exchange")}
          name={`wire-${wire.runId}-${wire.exchange}`}
          options={options}
          chosen={chosen}
          onChoose={(part) => onPlace({ ...place, part })}
        />
        <span class="wire-copies">
          {chosen !== "sdk" && <Copy wire={wire} what={chosen} />}
          <Copy wire={wire} what="exchange" />
        </span>
      </div>
      {chosen === "request" && <WirePart key="request" wire={wire} part="request" summary={summary} />}
      {chosen === "reply" && <WirePart key="reply" wire={wire} part="reply" summary={summary} />}
      {chosen === "events" && <EventTable wire={wire} />}
      {chosen === "sdk" && reading !== undefined && <SdkPart reading={reading} jumps={jumps} />}
    </div>
  );
}

function partsOf(
  { events }: WireSummary,
  reading: SdkReading | undefined,
): readonly { readonly value: Part; readonly label: string }[] {
  const count = formatNumber(events, pageLocale());
  return [
    { value: "request", label: l10n.t("Request") },
    { value: "reply", label: l10n.t("Reply") },
    ...(events === 0 ? [] : [{ value: "events" as const, label: l10n.t("Events ({0})", count) }]),
    ...(reading === undefined ? [] : [{ value: "sdk" as const, label: l10n.t("OpenAI SDK") }]),
  ];
}

type Copied = RunPanelContract["requests"]["wire/copy"]["params"]["what"];

function Copy({ wire: { runId, exchange, actions }, what }: { wire: WireSource; what: Copied }): JSX.Element {
  const labels: Readonly<Record<Copied, string>> = {
    request: l10n.t("Copy request"),
    reply: l10n.t("Copy reply"),
    events: l10n.t("Copy events"),
    exchange: l10n.t("Copy exchange"),
  };
  // The page has but a part of the text; the host copies all of it.
  const copy = async (): Promise<void> => {
    await actions.ask("wire/copy", { runId, exchange, what });
  };
  return <CopyText key={what} label={labels[what]} text="" onCopy={copy} />;
}
