/** A report as Markdown, ready for an issue. What came from the wire stands in code, where nothing is interpreted. */

import * as l10n from "@vscode/l10n";

import { visibleId } from "../visible.ts";
import { describeFinding } from "./findingTexts.ts";
import { rungStatusLabel } from "./rungStatusLabel.ts";
import { rungLabel, verdictOf } from "./rungTexts.ts";
import type { Report } from "./report.ts";

export function reportMarkdown(report: Report): string {
  const { endpointName, baseUrl, models, server, serverVersion = "", machine } = report;
  const facts = [
    [l10n.t("Base URL"), baseUrl],
    [l10n.t("Model"), Object.values(models).join(", ")],
    [l10n.t("Server"), `${server ?? ""} ${serverVersion}`.trim()],
    [l10n.t("Sent from"), machine],
  ].filter(([, value]) => value !== "");
  return [
    `## ${/^[\p{L}\p{N} .,:()-]+$/u.test(endpointName) ? endpointName : inCode(endpointName)}`,
    "",
    verdictOf(report)?.text ?? "",
    "",
    ...facts.map(([label = "", value = ""]) => `- ${label}: ${inCode(value)}`),
    "",
    ...report.rungs.map(
      (rung) =>
        `- ${rungLabel(rung.id)}: ${rungStatusLabel(rung.status)} (${Math.round(rung.durationMs)} ms)`,
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

/** A line break would end the code, and a tick at either end would join its fence. */
function inCode(value: string): string {
  const text = visibleId(value.replace(/\s+/g, " "));
  const pad = /^`|`$/.test(text) ? " " : "";
  const fence = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
  return `${fence}${pad}${text}${pad}${fence}`;
}
