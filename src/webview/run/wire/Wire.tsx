import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { PageActions } from "../actions.ts";
import type { RunView } from "../state.ts";
import { Exchanges } from "./Exchanges.tsx";
import { SdkNote } from "./SdkNote.tsx";
import { useReading } from "./useReading.ts";
import { type Fold, WireFold } from "./WireFold.tsx";

interface WireProps {
  readonly run: RunView;
  readonly actions: PageActions;
}

/** A note where the OpenAI SDK sees another reply, and the fold with all that went over the wire. */
export function Wire({ run, actions }: WireProps): JSX.Element {
  const { snapshot } = run;
  const { runId } = snapshot.head;
  const hasEnded = snapshot.end !== undefined;
  const [fold, setFold] = useState<Fold>("folded");
  const [jumps, setJumps] = useState(0);
  const reading = useReading(run, actions);
  const jump = (): void => {
    setFold("unfolded");
    setJumps(jumps + 1);
  };
  return (
    <section class="wire-view">
      {reading?.differs === "result" && <SdkNote onFollow={jump} />}
      <WireFold fold={fold} onFold={setFold}>
        <Exchanges
          runId={runId}
          course={hasEnded ? "ended" : "running"}
          actions={actions}
          reading={reading}
          jumps={jumps}
        />
      </WireFold>
    </section>
  );
}
