import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { formatNumber } from "../parts/format.ts";
import { pageLocale } from "../parts/pageLocale.ts";
import type { PageActions } from "./actions.ts";
import { emptiness } from "./emptiness.ts";
import { Header } from "./Header.tsx";
import { Notice } from "./Notice.tsx";
import { Report } from "./Report.tsx";
import { chosenReport, type PageState } from "./state.ts";

interface AppProps {
  readonly state: PageState;
  readonly actions: PageActions;
}

export function App({ state, actions }: AppProps): JSX.Element | null {
  if (state.broken !== undefined) {
    return <Notice title={l10n.t("The extension did not answer")} text={state.broken} />;
  }
  if (state.told === undefined) {
    return null;
  }
  return (
    <div class="stage">
      <Header state={state} told={state.told} actions={actions} />
      <div class="column content">
        <Content state={state} actions={actions} />
      </div>
      <p class="sr-only" role="status">
        {announcement(state)}
      </p>
    </div>
  );
}

function Content({ state, actions }: AppProps): JSX.Element | null {
  const { told, choice } = state;
  if (told?.view === undefined) {
    return told?.reading === "stopped" ? (
      <Notice
        title={l10n.t("The reading was stopped")}
        text={l10n.t("Refresh reads the audit log from its beginning.")}
      />
    ) : null;
  }
  const empty = emptiness(told.view, choice);
  if (empty !== undefined) {
    return <Notice {...empty} actions={actions} />;
  }
  return <Report view={told.view} state={state} actions={actions} />;
}

function announcement({ told, choice }: PageState): string {
  if (told?.reading === "under-way") {
    return l10n.t("Reading the audit log…");
  }
  return told?.view === undefined
    ? ""
    : l10n.t(
        "Requests in the report: {0}",
        formatNumber(chosenReport(told.view, choice).total.requests, pageLocale()),
      );
}
