import type { RunList } from "../../shared/runPanel.ts";
import { initialState, reduce, type Action, type PageState } from "./state.ts";

/** What the page shows, and the list of runs beside it; undefined until it was told. */
export interface Store {
  readonly dispatch: (action: Action) => void;
  readonly list: (list: RunList) => void;
  readonly currentRunId: () => string | undefined;
}

/** Draws once for all that one message of the host says. */
export function openStore(draw: (state: PageState, list: RunList | undefined) => void): Store {
  let state: PageState = initialState;
  let list: RunList | undefined;
  const drawSoon = oncePerTask(() => draw(state, list));
  const currentRunId = (): string | undefined =>
    state.phase === "run" ? state.run.snapshot.head.runId : undefined;
  const dispatch = (action: Action): void => {
    const before = currentRunId();
    state = reduce(state, action);
    if (action.kind === "shown" && currentRunId() !== before) {
      // Another run is read from its start; one that streams takes its reader along.
      window.scrollTo({ top: 0, behavior: "instant" });
    }
    drawSoon();
  };
  return {
    dispatch,
    list: (listed) => {
      const shown = currentRunId();
      list = listed;
      if (shown !== undefined && !listed.runs.some(({ runId }) => runId === shown)) {
        dispatch({ kind: "removed", runId: shown });
      }
      drawSoon();
    },
    currentRunId,
  };
}

function oncePerTask(work: () => void): () => void {
  let state: "idle" | "asked" = "idle";
  return () => {
    if (state === "idle") {
      state = "asked";
      queueMicrotask(() => {
        state = "idle";
        work();
      });
    }
  };
}
