/** How many endpoints are up and down: what the badge and the status bar show. */

import type { EndpointStore } from "./endpointStore.ts";

export interface StatusSummary {
  readonly total: number;
  readonly down: number;
  readonly attention: number;
  readonly up: number;
  /** Settings entries that can not be used. */
  readonly invalid: number;
  readonly downNames: readonly string[];
}

export function summarize(store: EndpointStore): StatusSummary {
  const endpoints = store.endpoints();
  const inState = (state: string): readonly string[] =>
    endpoints.filter(({ id }) => store.health(id).state === state).map(({ name }) => name);
  const down = inState("down");
  return {
    total: endpoints.length,
    down: down.length,
    attention: inState("attention").length,
    up: inState("up").length,
    invalid: store.entries().length - endpoints.length,
    downNames: down,
  };
}
