import type { PageEnd } from "../../shared/link.ts";
import type { RunPanelContract } from "../../shared/runPanel.ts";
import { isWebLink } from "../webLink.ts";
import { fixAsk, type PageActions } from "./actions.ts";
import type { DraftKeeper } from "./composer/draftKeeper.ts";
import type { Action } from "./state.ts";

/** Milliseconds for which Copy says that it has. */
const confirmationMs = 2_000;

type Ask = (name: string, request: (runId: string) => Promise<null>) => Promise<void>;

interface Page {
  readonly host: PageEnd<RunPanelContract>;
  readonly currentRunId: () => string | undefined;
  readonly dispatch: (action: Action) => void;
  readonly drafts: DraftKeeper;
}

/** Turns what a person does into requests, and their course into actions of the store. */
export function createActions(page: Page): PageActions {
  const { host } = page;
  const ask = asker(page);
  const forgetLater = forgetter(page);
  return {
    stop: () => void ask("stop", (runId) => host.ask("run/stop", { runId })),
    again: () => void ask("again", (runId) => host.ask("run/again", { runId })),
    copy: () => void ask("copy", (runId) => host.ask("run/copy", { runId })).then(() => forgetLater("copy")),
    copyReport: (format) =>
      void ask("copy", (runId) => host.ask("report/copy", { runId, format })).then(() => forgetLater("copy")),
    showReport: (endpointId) =>
      void ask("report", (runId) => host.ask("report/show", { runId, endpointId })).then(() =>
        forgetLater("report"),
      ),
    applyFix: (fixId) => void ask(fixAsk(fixId), (runId) => host.ask("fix/apply", { runId, fixId })),
    openLink: (url) => {
      if (isWebLink(url)) {
        host.ask("link/open", { url }).catch(() => undefined);
      }
    },
    ask: (name, params) => host.ask(name, params),
    drafts: page.drafts,
    of: (runId) => createActions({ ...page, currentRunId: () => runId }),
    compose: (draft) => page.dispatch({ kind: "composing", draft }),
    copyCode: async (text) => {
      await host.ask("code/copy", { text });
    },
  };
}

/** A request about the run that is shown, its course kept under a name. */
function asker({ currentRunId, dispatch }: Page): Ask {
  return (name, request) => {
    const runId = currentRunId();
    if (runId === undefined) {
      return Promise.resolve();
    }
    const progress = (state: Extract<Action, { kind: "asked" }>["state"]): void =>
      dispatch({ kind: "asked", runId, name, state });
    progress({ kind: "waiting" });
    return request(runId).then(
      () => progress({ kind: "done" }),
      (error: unknown) =>
        progress({ kind: "refused", reason: error instanceof Error ? error.message : String(error) }),
    );
  };
}

function forgetter({ currentRunId, dispatch }: Page): (name: string) => void {
  return (name) => {
    const runId = currentRunId();
    if (runId !== undefined) {
      setTimeout(() => dispatch({ kind: "forgotten", runId, name }), confirmationMs);
    }
  };
}
