/** The fixes that candidates have proved, and the guesses they have refuted. */

import type { Fix } from "../finding.ts";
import type { Amendment } from "./amendFindings.ts";
import type { Candidate } from "./askCandidate.ts";

/** Enough to choose from. */
const mostFixes = 3;

export function setBaseUrlFixes(tried: readonly Candidate[]): Amendment {
  const worked = tried.filter(({ variation }) => variation.worked === "yes");
  return {
    fixes: worked.slice(0, mostFixes).map(({ baseUrl }): Fix => ({ kind: "set-base-url", baseUrl })),
    failed: tried.filter((each) => !worked.includes(each)).map(({ baseUrl }) => baseUrl),
  };
}
