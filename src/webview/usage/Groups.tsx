import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { sortGroups } from "../../core/usage/sortGroups.ts";
import { type UsageGroup, usageGroupings, type UsageReport } from "../../core/usage/usageReport.ts";
import { Segmented } from "../parts/Segmented.tsx";
import type { PageActions } from "./actions.ts";
import { GroupTable } from "./GroupTable.tsx";
import { LatencyFigure } from "./LatencyFigure.tsx";
import type { Choice } from "./state.ts";
import { groupingLabel } from "./words.ts";

interface GroupsProps {
  readonly report: UsageReport;
  readonly choice: Choice;
  readonly actions: PageActions;
}

/** The same requests by what they have in common: latencies as a chart, everything as a table in the same order. */
export function Groups({ report, choice, actions }: GroupsProps): JSX.Element {
  const { grouping, sort } = choice;
  const groups: readonly UsageGroup[] = useMemo(
    () => sortGroups(report.groups[grouping], sort),
    [report, grouping, sort],
  );
  return (
    <section class="groups" aria-label={l10n.t("By {0}", groupingLabel(grouping))}>
      <Segmented
        label={l10n.t("Group by")}
        name="grouping"
        options={usageGroupings.map((value) => ({ value, label: groupingLabel(value) }))}
        chosen={grouping}
        onChoose={actions.group}
      />
      <LatencyFigure grouping={grouping} groups={groups} />
      <GroupTable
        key={grouping}
        grouping={grouping}
        groups={groups}
        total={report.total}
        sort={sort}
        onSort={actions.sort}
      />
    </section>
  );
}
