import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { wiresKept } from "../../../core/chat/runWire.ts";
import { lazily } from "../../parts/lazily.tsx";
import type { PageActions } from "../actions.ts";
import type { RunView } from "../state.ts";

interface WireViewProps {
  readonly run: RunView;
  readonly actions: PageActions;
}

const Wire = lazily<WireViewProps>(() => import("./Wire.tsx").then((module) => module.Wire));

/** The exact request and reply of a run, its event stream, and what the OpenAI SDK makes of it; nothing where no bytes are kept. */
export function WireView({ run, actions }: WireViewProps): JSX.Element | null {
  const { wire } = run.snapshot;
  if (wire === undefined) {
    return null;
  }
  return wire === "kept" ? <Wire run={run} actions={actions} /> : <Dropped />;
}

function Dropped(): JSX.Element {
  return (
    <p class="quiet-text wire-dropped">
      {l10n.t(
        "What this run sent and received is no longer kept: the runs of this window went over {0} MB together, and the oldest make room.",
        String(wiresKept / 1024 / 1024),
      )}
    </p>
  );
}
