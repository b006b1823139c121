/** A report in a terminal: rungs as they land, then what was found. */

import * as l10n from "@vscode/l10n";

import type { Finding, Fix } from "../core/diagnosis/finding.ts";
import { findingWords, sdkLinesOf } from "../core/diagnosis/findingWords.ts";
import { describeFix } from "../core/diagnosis/fixTexts.ts";
import type { Report, Rung, RungId, RungStatus } from "../core/diagnosis/report.ts";
import { rungStatusLabel } from "../core/diagnosis/rungStatusLabel.ts";
import { rungLabel, verdictOf } from "../core/diagnosis/rungTexts.ts";
import { visibleId, visibleText } from "../core/visible.ts";

export interface ReportPrinter {
  /** Prints the rungs that have landed since the last call. */
  progress(report: Report): void;
  /** Prints the rest: rungs that were not reached, findings, the verdict. */
  end(report: Report): void;
}

type Style = "plain" | "coloured";

export function reportPrinter(print: (line: string) => void, style: Style): ReportPrinter {
  const printed = new Set<RungId>();
  const land = (report: Report, waiting: readonly RungStatus[]): void => {
    const width = Math.max(...report.rungs.map(({ id }) => columns(rungLabel(id))));
    for (const rung of report.rungs) {
      if (!printed.has(rung.id) && !waiting.includes(rung.status)) {
        printed.add(rung.id);
        print(rungLine(rung, width, style));
      }
    }
  };
  return {
    progress: (report) => land(report, ["running", "not-reached"]),
    end(report) {
      land(report, []);
      for (const finding of report.findings) {
        findingLines(finding, report, style).forEach(print);
      }
      print(`\n${verdictOf(report)?.text ?? ""}`);
    },
  };
}

const marks: Readonly<Record<RungStatus, string>> = {
  running: "…",
  passed: "✔",
  warned: "!",
  failed: "✘",
  skipped: "–",
  "not-reached": "–",
};
const colours: Readonly<Record<string, number>> = { "✔": 32, "!": 33, "✘": 31, i: 36 };

function coloured(mark: string, style: Style): string {
  const colour = colours[mark];
  return style === "plain" || colour === undefined ? mark : `\u001b[${colour}m${mark}\u001b[0m`;
}

function rungLine({ id, status, durationMs }: Rung, width: number, style: Style): string {
  const label = rungLabel(id);
  const padding = " ".repeat(width - columns(label));
  const ran = status === "passed" || status === "warned" || status === "failed";
  const right = ran ? `${Math.round(durationMs)} ms` : rungStatusLabel(status);
  return `${coloured(marks[status], style)} ${label}${padding}  ${right}`;
}

/** How many columns a text takes: Chinese signs take two. */
function columns(text: string): number {
  return text.length + (text.match(/[\u2e80-\uffef]/g) ?? []).length;
}

function findingLines(finding: Finding, report: Report, style: Style): readonly string[] {
  const mark = { blocker: "✘", warning: "!", note: "i" }[finding.severity];
  const text = findingWords(finding);
  const variations = report.rungs
    .filter(({ findings }) => findings[0]?.code === finding.code)
    .flatMap((rung) => rung.variations)
    .map(({ what, outcome, worked }) => `${worked === "yes" ? "✔" : "✘"} ${what} → ${outcome}`);
  return [
    "",
    `${coloured(mark, style)} ${text.title} (${finding.code})`,
    `  ${text.explanation}`,
    ...(text.remedy === undefined ? [] : [`  ${text.remedy}`]),
    ...section(l10n.t("Evidence"), finding.evidence),
    ...section(l10n.t("Fixes"), finding.fixes.flatMap(fixText)),
    ...section(l10n.t("Tried"), variations),
    ...section(l10n.t("What the OpenAI SDK would have said"), sdkLinesOf(finding, report)),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? []
    : [
        `  ${title}`,
        ...lines.map((line) => `    ${visibleText(line).split("\n").map(visibleId).join("\n    ")}`),
      ];
}

/** What a person can do without our buttons; a terminal has none to open settings or to test again. */
function fixText(fix: Fix): readonly string[] {
  switch (fix.kind) {
    case "test-again":
    case "open-settings":
      return [];
    case "set-base-url":
      return [`--base-url ${fix.baseUrl}`];
    case "use-model":
      return [`--model ${fix.model}`];
    case "set-key":
      return [l10n.t("put the key into an environment variable and name it: {0}", "--key-env NAME")];
    case "use-no-key":
      return [l10n.t("leave out {0}", "--key-env")];
    case "copy-command":
    case "run-command":
      return [fix.command];
    default:
      return [describeFix(fix)];
  }
}
