import type { PageActions } from "../actions.ts";

/** Which exchange, and whom to ask for it. */
export interface WireSource {
  readonly runId: string;
  readonly exchange: number;
  readonly actions: PageActions;
  /** Changes when there may be more of it. */
  readonly extent: string;
}
