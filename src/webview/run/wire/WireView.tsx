import type { JSX } from "preact";
import { lazily } from "../../parts/lazily.tsx";
import type { PageActions } from "../actions.ts";
import type { RunView } from "../state.ts";
import { DroppedWire } from "./DroppedWire.tsx";

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
  return wire === "kept" ? <Wire run={run} actions={actions} /> : <DroppedWire />;
}
