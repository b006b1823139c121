import type { JSX } from "preact";
import type { PageActions } from "../actions.ts";
import type { RunView } from "../state.ts";

/** The same question to two to four models, side by side, and their figures in one table. */
export function CompareRun(_props: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element | null {
  return null;
}
