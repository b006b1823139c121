/** From core's values to what the page shows, in the user's language. */

import { describeFinding } from "../../core/diagnosis/findingTexts.ts";
import type { Finding, Fix } from "../../core/diagnosis/finding.ts";
import { describeFix } from "../../core/diagnosis/fixTexts.ts";
import type { Report } from "../../core/diagnosis/report.ts";
import { rungLabel, verdictOf } from "../../core/diagnosis/rungTexts.ts";
import type { FindingView, RunPanelContract, RungView } from "../../shared/runPanel.ts";

/** `fixId` is `finding index:fix index`, which `fixOf` reads back. */
export function findingViews(findings: readonly Finding[]): readonly FindingView[] {
  return findings.map((finding, index) => ({
    code: finding.code,
    severity: finding.severity,
    ...describeFinding(finding.code),
    evidence: finding.evidence,
    fixes: finding.fixes.map((fix, fixIndex) => ({ id: `${index}:${fixIndex}`, label: describeFix(fix) })),
  }));
}

export function fixOf(findings: readonly Finding[], fixId: string): Fix | undefined {
  const [index = "", fixIndex = ""] = fixId.split(":");
  return findings[Number(index)]?.fixes[Number(fixIndex)];
}

export function reportUpdate(report: Report): Omit<RunPanelContract["events"]["run/updated"], "runId"> {
  const verdict = verdictOf(report);
  return {
    rungs: report.rungs.map((rung): RungView => {
      const { id, status, durationMs, evidence } = rung;
      return { id, label: rungLabel(id), status, durationMs, evidence };
    }),
    findings: findingViews(report.findings),
    ...(verdict === undefined ? {} : { verdict }),
  };
}
