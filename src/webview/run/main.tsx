import * as l10n from "@vscode/l10n";
import { render } from "preact";
import { openPageEnd } from "../../shared/link.ts";
import type { RunPanelContract } from "../../shared/runPanel.ts";
import { openVsCodeWire } from "../vscodeWire.ts";
import { App } from "./App.tsx";
import { draftKeeper } from "./composer/draftKeeper.ts";
import { createActions } from "./createActions.ts";
import { openStore } from "./store.ts";

const root = document.getElementById("root");
if (root !== null) {
  start(root);
}

function start(container: HTMLElement): void {
  l10n.config({ contents: container.dataset["l10n"] ?? "{}" });
  const wire = openVsCodeWire();
  wire.keep("panelId", container.dataset["panelId"]);
  const { dispatch, list, currentRunId } = openStore((state, listed) => {
    render(<App state={state} list={listed} actions={actions} />, container);
    wire.keep("runId", currentRunId());
    wire.keep("pin", listed?.pin);
  });
  const host = openPageEnd<RunPanelContract>(wire, {
    "runs/listed": list,
    "composer/opened": (draft) => dispatch({ kind: "composing", draft }),
    "run/shown": (snapshot) => dispatch({ kind: "shown", snapshot }),
    "run/appended": (event) => dispatch({ kind: "appended", event, atMs: performance.now() }),
    "run/updated": (event) => dispatch({ kind: "updated", event }),
    "run/ended": (event) => dispatch({ kind: "ended", event, atMs: performance.now() }),
  });
  const actions = createActions({ host, currentRunId, dispatch, drafts: draftKeeper(wire) });
  host.ask("page/ready", null).then(
    (snapshot) => dispatch(snapshot === null ? { kind: "nothing-to-show" } : { kind: "shown", snapshot }),
    (error: unknown) =>
      dispatch({ kind: "unreachable", reason: error instanceof Error ? error.message : String(error) }),
  );
}
