import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { finishProcess } from "../processes.ts";
import { inProject } from "../paths.ts";
import { temporaryFolder } from "../temporary.ts";
import { couldNotRun, type Say, type SuiteResult } from "./result.ts";

/** Runs test/SUITE in a process of its own and reads its counts. */
export async function runMochaSuite(
  suite: string,
  filters: readonly string[],
  env: Readonly<Record<string, string>>,
  say: Say,
): Promise<SuiteResult> {
  if (globSync(`test/${suite}/**/*.test.ts`, { cwd: inProject() }).length === 0) {
    say(`There are no tests in test/${suite}.`);
    return couldNotRun;
  }
  const results = join(temporaryFolder("results").path, "results.json");
  const args = [inProject("dev", "suites", "runMocha.ts"), suite, ...filters];
  const { code } = await finishProcess(process.execPath, args, {
    cwd: inProject(),
    env: { ...env, QWEN_RESULTS: results, ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}) },
    onLine: say,
  });
  return readResults(results, code, say);
}

/** The counts that a run left behind. Without them, or against the exit code, the suite has failed. */
export function readResults(file: string, code: number, say: Say): SuiteResult {
  if (!existsSync(file)) {
    say(`The tests ended with exit code ${code} before they were counted.`);
    return couldNotRun;
  }
  const counted = JSON.parse(readFileSync(file, "utf8")) as SuiteResult;
  if (code === 0 || counted.failed > 0) return counted;
  return { ...counted, failed: 1 };
}
