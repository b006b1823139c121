import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { eventsOnPage, type EventPage, type EventRow } from "../../../core/chat/eventPage.ts";
import { indentedBody } from "../../../core/chat/indentJson.ts";
import { visibleId } from "../../../core/visible.ts";
import { formatNumber } from "../../parts/format.ts";
import { pageLocale } from "../../parts/pageLocale.ts";
import { visibleLines } from "../shownBody.ts";
import { Pager } from "./Pager.tsx";
import { useAsked } from "./useAsked.ts";
import type { WireSource } from "./wireSource.ts";

/** Milliseconds after the last key until the host is asked: it looks through all events. */
const typingMs = 150;

/** The raw events of a stream with the times they came, to be filtered. */
export function EventTable({ wire }: { readonly wire: WireSource }): JSX.Element {
  const { runId, exchange, actions, extent } = wire;
  const [typed, setTyped] = useState("");
  const [wanted, setWanted] = useState({ filter: "", from: 0 });
  useEffect(() => {
    const timer = setTimeout(
      () => typed !== wanted.filter && setWanted({ filter: typed, from: 0 }),
      typingMs,
    );
    return () => clearTimeout(timer);
  }, [typed]);
  const { value: page } = useAsked(
    () => actions.ask("wire/events", { runId, exchange, ...wanted }),
    [runId, exchange, extent, wanted],
  );
  return (
    <div class="wire-events">
      <div class="wire-below">
        <input
          type="text"
          class="event-filter"
          aria-label={l10n.t("Filter events")}
          placeholder={l10n.t("Filter events")}
          spellcheck={false}
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        {page !== undefined && (
          <EventPager page={page} from={wanted.from} onTurn={(from) => setWanted({ ...wanted, from })} />
        )}
      </div>
      {page !== undefined && page.events.length > 0 && <Rows page={page} />}
    </div>
  );
}

interface EventPagerProps {
  readonly page: EventPage;
  readonly from: number;
  readonly onTurn: (from: number) => void;
}

function EventPager({ page: { matching, events }, from, onTurn }: EventPagerProps): JSX.Element {
  if (matching <= eventsOnPage) {
    return (
      <span class="quiet-text" role="status">
        {matching === 0 ? l10n.t("No event matches.") : l10n.t("Events: {0}", shown(matching))}
      </span>
    );
  }
  const last = from + events.length;
  return (
    <Pager
      place={l10n.t("{0} to {1} of {2}", shown(from + 1), shown(last), shown(matching))}
      before={from > 0 ? () => onTurn(Math.max(0, from - eventsOnPage)) : undefined}
      after={last < matching ? () => onTurn(from + eventsOnPage) : undefined}
    />
  );
}

function Rows({ page }: { readonly page: EventPage }): JSX.Element {
  return (
    <div
      class="event-scroll"
      role="region"
      aria-label={l10n.t("Events of the stream")}
      tabIndex={0}
      dir="ltr"
    >
      <table class="events">
        <caption class="sr-only">{l10n.t("Events of the stream")}</caption>
        <thead>
          <tr>
            <th scope="col" class="event-figure">
              {l10n.t("Time, ms")}
            </th>
            <th scope="col" class="event-figure">
              {l10n.t("Gap, ms")}
            </th>
            <th scope="col">{l10n.t("Kind")}</th>
            <th scope="col">{l10n.t("Text")}</th>
          </tr>
        </thead>
        <tbody>
          {page.events.map((event) => (
            <Row key={event.index} event={event} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ event }: { readonly event: EventRow }): JSX.Element {
  const { atMs, gapMs, kind, name } = event;
  return (
    <tr class={`event-${name === "error" ? "error" : kind}`}>
      <td class="event-figure">{shown(atMs, 1)}</td>
      <td class="event-figure">{gapMs === undefined ? "" : `+${shown(gapMs, 1)}`}</td>
      <td>
        <bdi>{visibleId(name ?? kindLabel(kind))}</bdi>
      </td>
      <td class="event-text">
        <EventText event={event} />
      </td>
    </tr>
  );
}

function kindLabel(kind: EventRow["kind"]): string {
  const labels: Readonly<Record<EventRow["kind"], string>> = {
    data: "data",
    comment: l10n.t("comment"),
    end: l10n.t("end"),
  };
  return labels[kind];
}

/** As much as a line may show. */
const lineText = 240;

function EventText({ event: { kind, text, characters } }: { readonly event: EventRow }): JSX.Element {
  if (kind === "end") {
    return <bdi>{text === "" ? l10n.t("The server closed the stream.") : visibleId(text)}</bdi>;
  }
  const isShort = text.length <= 60 && !text.includes("\n");
  if (isShort) {
    return <bdi>{visibleId(text)}</bdi>;
  }
  return (
    <details>
      <summary>
        <bdi>{visibleId(lineOf(text))}</bdi>
      </summary>
      <Whole text={text} characters={characters} />
    </details>
  );
}

/** Chunks of a chat begin all alike; what is new is in their delta. */
function lineOf(text: string): string {
  const delta = text.indexOf('"delta":');
  const start = delta > 40 && text.startsWith("{") ? delta : 0;
  const line = text.slice(start, start + lineText).replace(/[\ud800-\udbff]$/, "");
  return start === 0 ? line : `…${line}`;
}

function Whole({
  text,
  characters,
}: {
  readonly text: string;
  readonly characters: number | undefined;
}): JSX.Element {
  return (
    <>
      <pre class="event-whole">{visibleLines(indentedBody(text))}</pre>
      {characters !== undefined && (
        <p class="quiet-text">
          {l10n.t(
            "The first {0} of {1} characters; the reply has all of it.",
            shown(text.length),
            shown(characters),
          )}
        </p>
      )}
    </>
  );
}

function shown(value: number, digits = 0): string {
  return formatNumber(value, pageLocale(), digits);
}
