/** A report as Markdown, ready for an issue. What came from the wire stands in code, where nothing is interpreted. */

import * as l10n from "@vscode/l10n";

import { describeFinding } from "./findingTexts.ts";
import { rungLabel, verdictOf } from "./rungTexts.ts";
import type { Report } from "./report.ts";

export function reportMarkdown(report: Report): string {
  const { endpointName, baseUrl, model, server, machine } = report;
  const facts = [
    [l10n.t("Base URL"), baseUrl],
    [l10n.t("Model"), model ?? ""],
    [l10n.t("Server"), server ?? ""],
    [l10n.t("Sent from"), machine],
  ].filter(([, value]) => value !== "");
  return [
    `## ${endpointName}`,
    "",
    verdictOf(report)?.text ?? "",
    "",
    ...facts.map(([label = "", value = ""]) => `- ${label}: ${inCode(value)}`),
    "",
    ...report.rungs.map(
      (rung) => `- ${rungLabel(rung.id)}: ${rung.status} (${Math.round(rung.durationMs)} ms)`,
    ),
    ...report.findings.flatMap(({ code, evidence }) => {
      const { title, explanation } = describeFinding(code);
      return [
        "",
        `### ${title} (\`${code}\`)`,
        "",
        explanation,
        "",
        ...evidence.map((line) => `    ${line.replace(/\s+/g, " ")}`),
      ];
    }),
    "",
  ].join("\n");
}

function inCode(text: string): string {
  const fence = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
  return `${fence}${text}${fence}`;
}
