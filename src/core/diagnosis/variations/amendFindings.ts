/** Puts what a variation has shown into the findings of its rung. */

import { type Finding, type FindingCode, type Fix, isBlocker } from "../finding.ts";
import type { Judgement, Varied } from "../step.ts";

export interface Amendment {
  readonly code?: FindingCode;
  /** Verified: they stand first. */
  readonly fixes?: readonly Fix[];
  /** Base URLs that were offered as guesses, and did not work. */
  readonly failed?: readonly string[];
  /** Lines after those of the finding. */
  readonly evidence?: readonly string[];
}

/** Nothing was tried, or nothing came of it. */
export function unvaried({ findings }: Judgement): Varied {
  return { variations: [], findings };
}

/** The finding that ended the climb. */
export function blockerOf({ findings }: Judgement): Finding | undefined {
  return findings.find(isBlocker);
}

/** The findings with the first blocker amended. */
export function amendFindings(
  { findings }: Judgement,
  { code, fixes = [], failed = [], evidence = [] }: Amendment,
): readonly Finding[] {
  const first = findings.find(isBlocker);
  const isDropped = (fix: Fix): boolean =>
    (fix.kind === "set-base-url" && failed.includes(fix.baseUrl)) ||
    fixes.some((each) => JSON.stringify(each) === JSON.stringify(fix));
  return findings.map((finding) =>
    finding === first
      ? {
          ...finding,
          code: code ?? finding.code,
          evidence: [...finding.evidence, ...evidence],
          fixes: [...fixes, ...finding.fixes.filter((fix) => !isDropped(fix))],
        }
      : finding,
  );
}
