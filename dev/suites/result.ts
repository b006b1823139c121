/** What a suite, or one tool of the check suite, came to. `failures` tells of each failed test, for the end of the output. */
export type SuiteResult = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures?: readonly string[];
};

/** Where a suite writes what a person reads. */
export type Say = (line: string) => void;

/** A suite that could not run counts as one failure, never as nothing. */
export const couldNotRun: SuiteResult = { passed: 0, failed: 1, skipped: 0 };
