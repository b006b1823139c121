import type { JSX } from "preact";
import type { PageActions } from "../actions.ts";
import type { RunView } from "../state.ts";

/** Below an answer: what to ask next, or the same request to be edited and sent again. */
export function FollowUp(_props: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element | null {
  return null;
}
