import * as l10n from "@vscode/l10n";
import { visibleId } from "../../../core/visible.ts";
import type { RunSnapshot } from "../../../shared/runPanel.ts";
import { phaseLabel, phaseOf } from "../phase.ts";
import { type CompareCell, compareRows } from "./compareRows.ts";

/** A comparison as Markdown: the table of its figures, the best in bold, and below it each answer as it came. */
export function comparisonText(columns: readonly RunSnapshot[], locale: string): string {
  const rows = [
    ["", ...columns.map(nameOf)],
    ["---", ...columns.map(() => "---")],
    [l10n.t("State"), ...columns.map((column) => phaseLabel(phaseOf(column)))],
    ...compareRows(columns, locale).map(({ name, cells }) => [name, ...cells.map(cellText)]),
  ];
  const table = rows.map((cells) => `| ${cells.map(inCell).join(" | ")} |`).join("\n");
  return [table, ...columns.map(answerText)].join("\n\n") + "\n";
}

function nameOf({ head }: RunSnapshot): string {
  return [head.endpointName, head.model]
    .filter((name) => name !== "")
    .map(visibleId)
    .join(" · ");
}

function cellText(cell: CompareCell): string {
  if (cell.kind !== "value") {
    return "–";
  }
  return cell.mark === "best" ? `**${cell.value}**` : cell.value;
}

/** A bar would end the cell. */
function inCell(text: string): string {
  return text.replace(/\|/g, "\\|");
}

function answerText(column: RunSnapshot): string {
  const calls = (column.toolCalls ?? []).map(
    ({ name, argumentsText }) => `- \`${visibleId(name)}\` ${visibleId(argumentsText)}`,
  );
  const [finding] = column.findings;
  const said = [column.answer, calls.join("\n")].filter((text) => text !== "");
  const nothing = finding === undefined ? phaseLabel(phaseOf(column)) : finding.title;
  return [`## ${nameOf(column)}`, ...(said.length === 0 ? [nothing] : said)].join("\n\n");
}
