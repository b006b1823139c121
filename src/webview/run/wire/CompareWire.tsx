import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { visibleId } from "../../../core/visible.ts";
import { Segmented } from "../../parts/Segmented.tsx";
import type { PageActions } from "../actions.ts";
import type { RunView } from "../state.ts";
import { columnNames } from "./columnNames.ts";
import { DroppedWire } from "./DroppedWire.tsx";
import { Exchanges } from "./Exchanges.tsx";
import { SdkNote } from "./SdkNote.tsx";
import { useReading } from "./useReading.ts";
import type { Part } from "./WireExchange.tsx";
import { type Fold, WireFold } from "./WireFold.tsx";

interface CompareWireProps {
  readonly run: RunView;
  readonly actions: PageActions;
}

/** The fold with all that went over the wire, of one column of a comparison at a time. Nothing is asked while it is folded. */
export function CompareWire({ run, actions }: CompareWireProps): JSX.Element | null {
  const columns = run.columns ?? [];
  const [fold, setFold] = useState<Fold>("folded");
  const [chosen, setChosen] = useState(0);
  // Whoever looks at the events of one wants those of the next.
  const [part, setPart] = useState<Part>("request");
  const names = columnNames(columns.map(({ snapshot }) => snapshot.head));
  const column = columns[chosen];
  return (
    <section class="wire-view compare-wire">
      <WireFold fold={fold} onFold={setFold}>
        <Segmented
          label={l10n.t("Whose request and reply")}
          name={`compare-wire-${run.snapshot.head.runId}`}
          options={names.map((name, value) => ({ value, label: visibleId(name) }))}
          chosen={chosen}
          onChoose={setChosen}
        />
        {column?.snapshot.wire === "kept" ? (
          <ColumnWire
            key={column.snapshot.head.runId}
            run={column}
            actions={actions}
            part={part}
            onPart={setPart}
          />
        ) : (
          <DroppedWire />
        )}
      </WireFold>
    </section>
  );
}

interface ColumnWireProps extends CompareWireProps {
  readonly part: Part;
  readonly onPart: (part: Part) => void;
}

function ColumnWire({ run, actions, part, onPart }: ColumnWireProps): JSX.Element {
  const { snapshot } = run;
  const [jumps, setJumps] = useState(0);
  const reading = useReading(run, actions);
  return (
    <>
      {reading?.differs === "result" && <SdkNote onFollow={() => setJumps(jumps + 1)} />}
      <Exchanges
        runId={snapshot.head.runId}
        course={snapshot.end === undefined ? "running" : "ended"}
        actions={actions}
        reading={reading}
        jumps={jumps}
        part={part}
        onPart={onPart}
      />
    </>
  );
}
