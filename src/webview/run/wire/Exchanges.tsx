import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { SdkReading } from "../../../core/chat/sdkReading.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import type { PageActions } from "../actions.ts";
import { useAsked } from "./useAsked.ts";
import { type Part, type Place, WireExchange } from "./WireExchange.tsx";

interface ExchangesProps {
  readonly runId: string;
  readonly course: "running" | "ended";
  readonly actions: PageActions;
  readonly reading: SdkReading | undefined;
  /** How often the link to the reading was followed. */
  readonly jumps: number;
  /** Which part of the last is seen first. */
  readonly part?: Part;
  readonly onPart?: (part: Part) => void;
}

/** All requests of a run, the last unfolded: it is the one that the run is about. */
export function Exchanges(props: ExchangesProps): JSX.Element | null {
  const { runId, course, actions, reading, jumps, part = "request", onPart } = props;
  const [loads, setLoads] = useState(0);
  const asked = useAsked(() => actions.ask("wire/summary", { runId }), [runId, course, loads]);
  const exchanges = asked.value ?? [];
  const places = usePlaces(exchanges.length - 1, jumps, part, onPart);
  if (asked.value === undefined && asked.state === "waiting") {
    return null;
  }
  return (
    <>
      {exchanges.length === 0 && (
        <p class="quiet-text">{l10n.t("There are no requests of this run to be shown.")}</p>
      )}
      <ol class="exchanges">
        {exchanges.map((summary, index) => (
          <li key={index}>
            <WireExchange
              wire={{ runId, exchange: index, actions, extent: `${loads} ${course}` }}
              summary={summary}
              reading={index === exchanges.length - 1 ? reading : undefined}
              jumps={jumps}
              place={places.at(index)}
              onPlace={(place) => places.set(index, place)}
            />
          </li>
        ))}
      </ol>
      {course === "running" && (
        <ActionButton
          label={l10n.t("Show what has come since")}
          icon="again"
          look="quiet"
          onPress={() => setLoads(loads + 1)}
        />
      )}
    </>
  );
}

interface Places {
  at(index: number): Place;
  set(index: number, place: Place): void;
}

/** What is unfolded of each; following the link to the reading comes before what was chosen until then. */
function usePlaces(
  last: number,
  jumps: number,
  first: Part,
  onPart: ExchangesProps["onPart"] = () => undefined,
): Places {
  // What is chosen later is that of the next run.
  const [part] = useState(first);
  const [chosen, setChosen] = useState<Readonly<Record<number, { place: Place; jumps: number }>>>({});
  return {
    at(index) {
      const before = chosen[index];
      if (index === last && jumps > (before?.jumps ?? 0)) {
        return { fold: "unfolded", part: "sdk" };
      }
      const usual: Place = index === last ? { fold: "unfolded", part } : { fold: "folded", part: "request" };
      return before?.place ?? usual;
    },
    set: (index, place) => {
      setChosen({ ...chosen, [index]: { place, jumps } });
      onPart(place.part);
    },
  };
}
