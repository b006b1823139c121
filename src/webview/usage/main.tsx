import * as l10n from "@vscode/l10n";
import { render } from "preact";
import { openPageEnd } from "../../shared/link.ts";
import type { UsagePanelContract, UsageState } from "../../shared/usagePanel.ts";
import { openVsCodeWire } from "../vscodeWire.ts";
import { createActions } from "./actions.ts";
import { App } from "./App.tsx";
import { initialState, reduce, type Action, type PageState } from "./state.ts";

/** A reading that ends sooner is not announced: most logs are small, and the page would only flicker. */
const quietMs = 200;

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
  const host = openPageEnd<UsagePanelContract>(openVsCodeWire(), {
    "usage/changed": quietly((told) => dispatch({ kind: "changed", told })),
    "usage/progress": ({ done }) => dispatch({ kind: "progressed", done }),
  });
  const actions = createActions(host, () => state.choice, dispatch);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  host
    .ask("page/ready", { timeZone })
    .catch((error: unknown) =>
      dispatch({ kind: "unreachable", reason: error instanceof Error ? error.message : String(error) }),
    );
}

function quietly(show: (told: UsageState) => void): (told: UsageState) => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return (told) => {
    clearTimeout(waiting);
    if (told.reading === "under-way") {
      waiting = setTimeout(() => show(told), quietMs);
    } else {
      show(told);
    }
  };
}
