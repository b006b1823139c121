/** A report as Markdown, ready for an issue. What came from the wire stands in code, where nothing is interpreted. */

import * as l10n from "@vscode/l10n";

import { taskLabel } from "../endpoint/taskLabel.ts";
import { visibleId } from "../visible.ts";
import type { Finding } from "./finding.ts";
import { describeFinding } from "./findingTexts.ts";
import { sdkLinesOf } from "./findingWords.ts";
import { aboutReport } from "./remedies/aboutReport.ts";
import { remedyFor } from "./remedies/remedyFor.ts";
import { modelRequestsLabel } from "./modelRequestsLabel.ts";
import type { Report, Rung } from "./report.ts";
import { rungStatusLabel } from "./rungStatusLabel.ts";
import { rungLabel, verdictOf } from "./rungTexts.ts";

export function reportMarkdown(report: Report): string {
  const { endpointName } = report;
  return [
    `## ${/^[\p{L}\p{N} .,:()-]+$/u.test(endpointName) ? endpointName : inCode(endpointName)}`,
    "",
    verdictOf(report)?.text ?? "",
    "",
    ...factsOf(report).map(([label, value]) => `- ${label}: ${inCode(value)}`),
    "",
    ...report.rungs.flatMap(rungLines),
    ...report.findings.flatMap((finding) => findingLines(finding, report)),
    "",
  ].join("\n");
}

function factsOf(report: Report): readonly (readonly [string, string])[] {
  const { baseUrl, models, server = "", serverVersion = "", machine, tasks, depth, rungs } = report;
  const requests = rungs.reduce((sum, { modelRequests }) => sum + modelRequests, 0);
  const facts = [
    [l10n.t("Base URL"), baseUrl],
    [l10n.t("Model"), [...new Set(Object.values(models))].join(", ")],
    [l10n.t("Server"), `${server} ${serverVersion}`.trim()],
    [l10n.t("Sent from"), machine],
    [l10n.t("Tested for"), tasks.map(taskLabel).join(", ")],
    [l10n.t("Depth"), depth === "full" ? l10n.t("full") : l10n.t("basic")],
    [l10n.t("Requests to a model"), String(requests)],
  ] as const;
  return facts.filter(([, value]) => value !== "");
}

function rungLines({ id, status, durationMs, modelRequests, variations }: Rung): readonly string[] {
  const figures = [
    ...(status === "skipped" || status === "not-reached" ? [] : [`${Math.round(durationMs)} ms`]),
    ...(modelRequests === 0 ? [] : [modelRequestsLabel(modelRequests)]),
  ];
  const suffix = figures.length === 0 ? "" : ` (${figures.join(", ")})`;
  return [
    `- ${rungLabel(id)}: ${rungStatusLabel(status)}${suffix}`,
    ...variations.map(
      ({ what, outcome, worked }) =>
        `  - ${worked === "yes" ? "✔" : "✘"} ${inCode(what)} → ${inCode(outcome)}`,
    ),
  ];
}

function findingLines(finding: Finding, report: Report): readonly string[] {
  const { title, explanation } = describeFinding(finding.code);
  // Made anew: the report may be copied in another language than the test was made in.
  const remedy = remedyFor(finding.code, aboutReport(report, finding.code))?.text ?? finding.remedy;
  const sdk = sdkLinesOf(finding, report);
  return [
    "",
    `### ${title} (\`${finding.code}\`)`,
    "",
    explanation,
    ...(remedy === undefined ? [] : ["", l10n.t("What to do:"), "", ...block(remedy.split("\n"))]),
    ...block(finding.evidence, ""),
    ...(sdk.length === 0 ? [] : ["", l10n.t("The OpenAI SDK says:"), ...block(sdk, "")]),
  ];
}

/** Lines of an indented code block, each on one line so that none leaves it. */
function block(lines: readonly string[], ...before: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [...before, ...lines.map((line) => `    ${line.replace(/\s+/g, " ")}`)];
}

/** A line break would end the code, and a tick at either end would join its fence. */
function inCode(value: string): string {
  const text = visibleId(value.replace(/\s+/g, " "));
  const pad = /^`|`$/.test(text) ? " " : "";
  const fence = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
  return `${fence}${pad}${text}${pad}${fence}`;
}
