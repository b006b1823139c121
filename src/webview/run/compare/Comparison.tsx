import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { visibleId } from "../../../core/visible.ts";
import type { RunSnapshot } from "../../../shared/runPanel.ts";
import { lazily } from "../../parts/lazily.tsx";
import { pageLocale } from "../../parts/pageLocale.ts";
import type { PageActions } from "../actions.ts";
import { Input } from "../Input.tsx";
import { announcementOf } from "../phase.ts";
import type { RunView } from "../state.ts";
import { CompareColumn } from "./CompareColumn.tsx";
import { CompareTable } from "./CompareTable.tsx";

const CompareWire = lazily(() => import("../wire/CompareWire.tsx").then((loaded) => loaded.CompareWire));

const EditComparison = lazily(() => import("./EditComparison.tsx").then((loaded) => loaded.EditComparison));

/** The prompt, an answer a column, and below them the figures of all. */
export function Comparison({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element {
  const { columns = [] } = run;
  const snapshots = columns.map(({ snapshot }) => snapshot);
  return (
    <>
      <Input title={l10n.t("Prompt")} text={run.snapshot.head.input} />
      <div class={`compare-columns compare-${columns.length}`}>
        {columns.map((column) => (
          <CompareColumn key={column.snapshot.head.runId} run={column} actions={actions} />
        ))}
      </div>
      <CompareTable columns={snapshots} />
      {snapshots.some(({ wire }) => wire !== undefined) && <CompareWire run={run} actions={actions} />}
      {run.snapshot.end !== undefined && run.snapshot.restored !== "record" && (
        <EditComparison run={run} actions={actions} />
      )}
      <Ends columns={snapshots} />
    </>
  );
}

/** What a screen reader hears: each end once, and never the tokens. */
function Ends({ columns }: { readonly columns: readonly RunSnapshot[] }): JSX.Element {
  return (
    <div class="sr-only" role="log">
      {columns
        .filter(({ end }) => end !== undefined)
        .map((column) => (
          <p key={column.head.runId}>
            {visibleId(column.head.endpointName)}, {visibleId(column.head.model)}:{" "}
            {announcementOf(column, pageLocale())}
          </p>
        ))}
    </div>
  );
}
