import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { RunList } from "../../shared/runPanel.ts";
import type { PageActions } from "./actions.ts";
import { Icon } from "../parts/Icon.tsx";
import { lazily } from "../parts/lazily.tsx";
import { RunPage } from "./RunPage.tsx";
import type { PageState } from "./state.ts";

const Composer = lazily(() => import("./composer/Composer.tsx").then((module) => module.Composer));

interface AppProps {
  readonly state: PageState;
  /** Undefined until it was told: then there is nothing beside the run. */
  readonly list: RunList | undefined;
  readonly actions: PageActions;
}

const Runs = lazily(() => import("./runs/Runs.tsx").then((loaded) => loaded.Runs));

export function App({ state, list, actions }: AppProps): JSX.Element {
  const shownId = state.phase === "run" ? state.run.snapshot.head.runId : undefined;
  return (
    <div class="panel">
      {list !== undefined && <Runs list={list} shownId={shownId} actions={actions} />}
      <div class="stage">
        <Stage state={state} actions={actions} />
      </div>
    </div>
  );
}

function Stage({ state, actions }: Omit<AppProps, "list">): JSX.Element | null {
  switch (state.phase) {
    case "loading":
      return null;
    case "empty":
      return (
        <Notice
          title={l10n.t("Nothing has run yet")}
          text={l10n.t(
            "Test an endpoint from the Endpoints view, or select text in an editor and run “Qwen: Ask About Selection”.",
          )}
        />
      );
    case "broken":
      return <Notice title={l10n.t("The extension did not answer")} text={state.reason} />;
    case "composing":
      return <Composer draft={state.draft} actions={actions} />;
    case "run":
      return <RunPage key={state.run.generation} run={state.run} actions={actions} />;
  }
}

function Notice({ title, text }: { readonly title: string; readonly text: string }): JSX.Element {
  return (
    <div class="notice">
      <Icon name="mark" />
      <h1>{title}</h1>
      <p>{text}</p>
    </div>
  );
}
