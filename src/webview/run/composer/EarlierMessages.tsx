import type { JSX } from "preact";
import type { PageActions } from "../actions.ts";
import type { RunView } from "../state.ts";

/** Above the last question: the system prompt and the turns before it, folded. */
export function EarlierMessages(_props: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element | null {
  return null;
}
