import type { JSX } from "preact";
import type { PageActions } from "../actions.ts";
import type { RunView } from "../state.ts";

/** The exact request and reply of a run, its event stream, and what the OpenAI SDK makes of it. */
export function WireView(_props: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element | null {
  return null;
}
