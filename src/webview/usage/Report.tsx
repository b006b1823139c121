import type { JSX } from "preact";
import type { UsageView } from "../../shared/usagePanel.ts";
import type { PageActions } from "./actions.ts";
import { Groups } from "./Groups.tsx";
import { Notes } from "./Notes.tsx";
import { chosenReport, type PageState } from "./state.ts";
import { TimeCharts } from "./TimeCharts.tsx";
import { Totals } from "./Totals.tsx";

interface ReportProps {
  readonly view: UsageView;
  readonly state: PageState;
  readonly actions: PageActions;
}

/** From the whole to the parts. */
export function Report({ view, state, actions }: ReportProps): JSX.Element {
  const report = chosenReport(view, state.choice);
  return (
    <>
      <section class="sums">
        <Totals total={report.total} />
        <Notes view={view} report={report} onSetting={actions.openSetting} />
      </section>
      <TimeCharts view={view} report={report} />
      <Groups report={report} choice={state.choice} actions={actions} />
    </>
  );
}
