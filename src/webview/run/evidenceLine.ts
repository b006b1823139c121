import * as l10n from "@vscode/l10n";
import { visibleId } from "../../core/visible.ts";

const longestLine = 4_000;

/** A line of evidence may hold a whole reply; what it begins with is what tells. */
export function evidenceLine(line: string): string {
  const start = visibleId(line.slice(0, longestLine));
  return line.length > longestLine
    ? `${start} ${l10n.t("… and {0} more characters", line.length - longestLine)}`
    : start;
}
