import type { Runner, Test } from "mocha";

const longestMessage = 1_200;

/** Collects, while a runner runs, one text for each failed test or hook: its file, its titles and what went wrong. */
export function collectFailures(runner: Runner): readonly string[] {
  const failures: string[] = [];
  runner.on("fail", (test: Test, error: unknown) => failures.push(describeFailure(test, error)));
  return failures;
}

function describeFailure(test: Test, error: unknown): string {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const short = told.length > longestMessage ? `${told.slice(0, longestMessage)} […]` : told;
  return `${test.titlePath().join(" › ")}\n${short.replaceAll(/^/gm, "    ")}`;
}
