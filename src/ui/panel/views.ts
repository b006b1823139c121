/** From core's values to what the page shows, in the user's language. */

import { describeChange } from "../../core/diagnosis/describeChange.ts";
import type { Finding, Fix } from "../../core/diagnosis/finding.ts";
import { findingWords, sdkLinesOf } from "../../core/diagnosis/findingWords.ts";
import { describeFix } from "../../core/diagnosis/fixTexts.ts";
import type { Report } from "../../core/diagnosis/report.ts";
import { rungLabel, verdictOf } from "../../core/diagnosis/rungTexts.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { FindingView, FixView, RunPanelContract, RungView } from "../../shared/runPanel.ts";

/** A fix is named by its finding's code and its place there, so that a finding that comes later does not rename it. */
export function findingViews(
  findings: readonly Finding[],
  endpoint: Endpoint,
  report?: Report,
): readonly FindingView[] {
  return findings.map((finding) => ({
    code: finding.code,
    severity: finding.severity,
    ...findingWords(finding),
    evidence: finding.evidence,
    sdk: report === undefined ? [] : sdkLinesOf(finding, report),
    fixes: finding.fixes.map((fix, index) => fixView(fix, `${finding.code}:${index}`, endpoint)),
  }));
}

function fixView(fix: Fix, id: string, endpoint: Endpoint): FixView {
  const detail = describeChange(fix, endpoint);
  return { id, label: describeFix(fix), ...(detail === undefined ? {} : { detail }) };
}

export function fixOf(findings: readonly Finding[], fixId: string): Fix | undefined {
  const [code, index = ""] = fixId.split(":");
  return findings.find((finding) => finding.code === code)?.fixes[Number(index)];
}

/** `under-way`: further rungs may follow, so there is no verdict yet, though between two rungs none is running. */
export function reportUpdate(
  report: Report,
  endpoint: Endpoint,
  course: "under-way" | "ended",
): Omit<RunPanelContract["events"]["run/updated"], "runId"> {
  const verdict = course === "ended" ? verdictOf(report) : undefined;
  return {
    rungs: report.rungs.map((rung): RungView => {
      const { id, status, durationMs, evidence, variations, exchanges, modelRequests } = rung;
      return {
        ...{ id, label: rungLabel(id), status, durationMs },
        ...{ evidence, variations, exchanges, modelRequests },
      };
    }),
    findings: findingViews(report.findings, endpoint, report),
    ...(verdict === undefined ? {} : { verdict }),
  };
}
