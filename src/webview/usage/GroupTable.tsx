import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { UsageSort } from "../../core/usage/sortGroups.ts";
import type { UsageFigures, UsageGroup, UsageGrouping } from "../../core/usage/usageReport.ts";
import { ActionButton } from "../parts/ActionButton.tsx";
import { formatNumber } from "../parts/format.ts";
import { pageLocale } from "../parts/pageLocale.ts";
import { columnsOf, type Column } from "./columns.ts";
import { nextSort } from "./state.ts";
import { groupingLabel, groupName } from "./words.ts";

interface GroupTableProps {
  readonly grouping: UsageGrouping;
  /** Sorted. */
  readonly groups: readonly UsageGroup[];
  readonly total: UsageFigures;
  readonly sort: UsageSort;
  readonly onSort: (sort: UsageSort) => void;
}

/** So many rows are drawn at first: a thousand take a moment. */
const firstRows = 100;

export function GroupTable({ grouping, groups, total, sort, onSort }: GroupTableProps): JSX.Element {
  const [shown, setShown] = useState<"first" | "all">("first");
  const locale = pageLocale();
  const columns = columnsOf(groupingLabel(grouping), total);
  const title = l10n.t("Usage by {0}", groupingLabel(grouping));
  const rows = shown === "all" ? groups : groups.slice(0, firstRows);
  return (
    <>
      <div class="scroll" role="region" aria-label={title} tabIndex={0}>
        <table class="figures">
          <caption class="sr-only">{title}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <SortHeader key={column.column} column={column} sort={sort} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((group) => (
              <GroupRow
                key={`${group.kind} ${group.name}`}
                grouping={grouping}
                group={group}
                columns={columns}
              />
            ))}
          </tbody>
        </table>
      </div>
      {groups.length > rows.length && (
        <ActionButton
          label={l10n.t("Show all {0}", formatNumber(groups.length, locale))}
          look="quiet"
          onPress={() => setShown("all")}
        />
      )}
    </>
  );
}

interface SortHeaderProps {
  readonly column: Column;
  readonly sort: UsageSort;
  readonly onSort: (sort: UsageSort) => void;
}

function SortHeader({ column: { column, label, definition }, sort, onSort }: SortHeaderProps): JSX.Element {
  const isSorted = sort.column === column;
  return (
    <th
      scope="col"
      class={column === "name" ? undefined : "figure"}
      aria-sort={isSorted ? sort.direction : undefined}
    >
      <button
        type="button"
        class={isSorted ? `sort sort-${sort.direction}` : "sort"}
        title={definition}
        onClick={() => onSort(nextSort(sort, column))}
      >
        {label}
      </button>
    </th>
  );
}

interface GroupRowProps {
  readonly grouping: UsageGrouping;
  readonly group: UsageGroup;
  readonly columns: readonly Column[];
}

function GroupRow({ grouping, group, columns }: GroupRowProps): JSX.Element {
  const locale = pageLocale();
  const { text, kind } = groupName(grouping, group, locale);
  return (
    <tr>
      <th scope="row" class={kind === "other" ? "quiet-text" : undefined} title={text}>
        <bdi>{text}</bdi>
      </th>
      {columns.flatMap(({ column, cell }) =>
        cell === undefined ? [] : [<Cell key={column} {...cell(group, locale)} />],
      )}
    </tr>
  );
}

function Cell({ text, tone }: ReturnType<NonNullable<Column["cell"]>>): JSX.Element {
  return <td class={tone === undefined ? "figure" : `figure figure-${tone}`}>{text}</td>;
}
