import * as l10n from "@vscode/l10n";
import { render } from "preact";
import { openPageEnd } from "../../shared/link.ts";
import type { RunPanelContract } from "../../shared/runPanel.ts";
import { openVsCodeWire } from "../vscodeWire.ts";
import { App } from "./App.tsx";
import { draftKeeper } from "./composer/draftKeeper.ts";
import { createActions } from "./createActions.ts";
import { initialState, reduce, type Action, type PageState } from "./state.ts";

const root = document.getElementById("root");
if (root !== null) {
  start(root);
}

function start(container: HTMLElement): void {
  l10n.config({ contents: container.dataset["l10n"] ?? "{}" });
  let state: PageState = initialState;
  const dispatch = (action: Action): void => {
    state = reduce(state, action);
    render(<App state={state} actions={actions} />, container);
  };
  const wire = openVsCodeWire();
  const host = openPageEnd<RunPanelContract>(wire, {
    "runs/listed": () => undefined,
    "composer/opened": (draft) => dispatch({ kind: "composing", draft }),
    "run/shown": (snapshot) => dispatch({ kind: "shown", snapshot }),
    "run/appended": (event) => dispatch({ kind: "appended", event, atMs: performance.now() }),
    "run/updated": (event) => dispatch({ kind: "updated", event }),
    "run/ended": (event) => dispatch({ kind: "ended", event, atMs: performance.now() }),
  });
  const currentRunId = (): string | undefined =>
    state.phase === "run" ? state.run.snapshot.head.runId : undefined;
  const actions = createActions({ host, currentRunId, dispatch, drafts: draftKeeper(wire) });
  host.ask("page/ready", null).then(
    (snapshot) => {
      if (snapshot !== null) {
        dispatch({ kind: "shown", snapshot });
      } else if (state.phase !== "run") {
        dispatch({ kind: "nothing-to-show" });
      }
    },
    (error: unknown) =>
      dispatch({ kind: "unreachable", reason: error instanceof Error ? error.message : String(error) }),
  );
}
