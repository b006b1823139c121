/** From core's values to what the page shows, in the user's language. */

import { describeFinding } from "../../core/diagnosis/findingTexts.ts";
import type { Finding, Fix } from "../../core/diagnosis/finding.ts";
import { describeFix } from "../../core/diagnosis/fixTexts.ts";
import type { Report } from "../../core/diagnosis/report.ts";
import { rungLabel, verdictOf } from "../../core/diagnosis/rungTexts.ts";
import type { FindingView, RunPanelContract, RungView } from "../../shared/runPanel.ts";

/** A fix is named by its finding's code and its place there, so that a finding that comes later does not rename it. */
export function findingViews(findings: readonly Finding[]): readonly FindingView[] {
  return findings.map((finding) => ({
    code: finding.code,
    severity: finding.severity,
    ...describeFinding(finding.code),
    evidence: finding.evidence,
    fixes: finding.fixes.map((fix, index) => ({ id: `${finding.code}:${index}`, label: describeFix(fix) })),
  }));
}

export function fixOf(findings: readonly Finding[], fixId: string): Fix | undefined {
  const [code, index = ""] = fixId.split(":");
  return findings.find((finding) => finding.code === code)?.fixes[Number(index)];
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
