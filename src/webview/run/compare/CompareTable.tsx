import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { RunSnapshot } from "../../../shared/runPanel.ts";
import { Icon } from "../../parts/Icon.tsx";
import { pageLocale } from "../../parts/pageLocale.ts";
import { WireText } from "../../parts/WireText.tsx";
import { phaseIcons } from "../Header.tsx";
import { phaseLabel, phaseOf } from "../phase.ts";
import { type CompareCell, compareRows, type CompareRow } from "./compareRows.ts";

/** A row a figure, a column a model; there from the first end on. */
export function CompareTable({ columns }: { readonly columns: readonly RunSnapshot[] }): JSX.Element | null {
  if (columns.every(({ end }) => end === undefined)) {
    return null;
  }
  const rows = compareRows(columns, pageLocale());
  const hasBest = rows.some(({ cells }) =>
    cells.some((cell) => cell.kind === "value" && cell.mark === "best"),
  );
  const title = l10n.t("Figures");
  return (
    <section class="compare-figures">
      <h2>{title}</h2>
      <div class="compare-scroll" role="group" aria-label={title} tabIndex={0}>
        <table class="compare-table">
          <caption class="sr-only">{l10n.t("Figures of all models")}</caption>
          <Names columns={columns} />
          <tbody>
            <States columns={columns} />
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {hasBest && (
        <p class="quiet-text compare-legend">
          <Icon name="done" />
          {l10n.t("Best of those that finished")}
        </p>
      )}
    </section>
  );
}

function Names({ columns }: { readonly columns: readonly RunSnapshot[] }): JSX.Element {
  return (
    <thead>
      <tr>
        <td />
        {columns.map(({ head }) => (
          <th key={head.runId} scope="col">
            <WireText text={head.endpointName} />
            <WireText class="compare-model" text={head.model} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

function States({ columns }: { readonly columns: readonly RunSnapshot[] }): JSX.Element {
  return (
    <tr>
      <th scope="row">{l10n.t("State")}</th>
      {columns.map((column) => {
        const phase = phaseOf(column);
        return (
          <td key={column.head.runId}>
            <span class="compare-state">
              <Icon name={phaseIcons[phase]} />
              {phaseLabel(phase)}
            </span>
          </td>
        );
      })}
    </tr>
  );
}

function Row({ row }: { readonly row: CompareRow }): JSX.Element {
  return (
    <tr>
      <th scope="row" title={row.definition}>
        {row.name}
      </th>
      {row.cells.map((cell, index) => (
        <Cell key={index} cell={cell} />
      ))}
    </tr>
  );
}

function Cell({ cell }: { readonly cell: CompareCell }): JSX.Element {
  if (cell.kind !== "value") {
    const [sign, words] =
      cell.kind === "missing" ? ["–", l10n.t("not known")] : ["…", l10n.t("still running")];
    return (
      <td class="compare-none">
        <span aria-hidden="true">{sign}</span>
        <span class="sr-only">{words}</span>
      </td>
    );
  }
  const { value, definition, mark } = cell;
  return (
    <td class={mark === "best" ? "compare-best" : undefined} title={definition} aria-description={definition}>
      {mark === "best" && <Icon name="done" />}
      <bdi>{value}</bdi>
      {mark === "best" && <span class="sr-only">{l10n.t("(best)")}</span>}
    </td>
  );
}
