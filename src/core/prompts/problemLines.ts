/** The problems that an editor shows in a file, as lines of a prompt. */

import * as l10n from "@vscode/l10n";

export interface FileProblem {
  /** Counted from 1, as editors show them. */
  readonly line: number;
  readonly column: number;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly message: string;
  /** Which tool says so. */
  readonly source?: string;
  readonly code?: string;
}

const mostLines = 50;
const mostBytes = 8 * 1024;
const severities = ["error", "warning", "information", "hint"] as const;

/** A line each, `12:5 error message (source code)`, the gravest first; at most 50 lines and 8 KB, and then how many more there are. */
export function problemLines(problems: readonly FileProblem[]): string {
  if (problems.length === 0) {
    return l10n.t("no problems");
  }
  const sorted = [...problems].sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      a.line - b.line ||
      a.column - b.column,
  );
  const lines = shownLines(sorted);
  const rest = problems.length - lines.length;
  return [...lines, ...(rest === 0 ? [] : [l10n.t("… and {0} more", rest)])].join("\n");
}

function shownLines(problems: readonly FileProblem[]): readonly string[] {
  const encoder = new TextEncoder();
  const lines: string[] = [];
  let bytes = 0;
  for (const problem of problems.slice(0, mostLines)) {
    const line = lineOf(problem);
    bytes += encoder.encode(line).length + 1;
    if (bytes > mostBytes) {
      // One that fills the room alone is cut, not dropped: there is at least one line.
      return lines.length === 0 ? [`${line.slice(0, mostBytes / 4)}…`] : lines;
    }
    lines.push(line);
  }
  return lines;
}

function lineOf({ line, column, severity, message, source, code }: FileProblem): string {
  const from = [source, code].filter((part) => part !== undefined && part !== "").join(" ");
  const said = message.replace(/\s+/g, " ").trim();
  return `${line}:${column} ${severity} ${said}${from === "" ? "" : ` (${from})`}`;
}
