import { buildAll } from "./build.ts";
import { packQuietly } from "./package.ts";
import { checkTools } from "./suites/check.ts";
import { runHostSuite } from "./suites/host.ts";
import { runMochaSuite } from "./suites/mocha.ts";
import { couldNotRun, type Say, type SuiteResult } from "./suites/result.ts";
import { describeTrouble, runScript, Trouble } from "./trouble.ts";
import { ensureChromium } from "./workbench/chromium.ts";

const suiteNames = ["check", "unit", "contract", "page", "host", "workbench"] as const;
/** How many lines are told at the end of a job that failed without naming a test. */
const keptOfUncounted = 20;
type SuiteName = (typeof suiteNames)[number];

/** One thing to run and count. `say` is where it writes. */
type Job = { readonly name: string; readonly run: (say: Say) => Promise<SuiteResult> };

await runScript(async (args) => {
  const { suites, filters } = readArguments(args);
  const jobs = (names: readonly SuiteName[]): readonly Job[] =>
    names.filter((name) => suites.includes(name)).flatMap((name) => jobsOf(name, filters));

  const results: SuiteResult[] = await twoAtATime(jobs(["check", "unit"]));
  // The rest measures time or needs a browser: one after the other.
  for (const job of jobs(["contract"])) results.push(await runStreaming(job));
  const browserJobs = jobs(["page", "host", "workbench"]);
  if (browserJobs.length > 0) results.push(...(await runInBrowser(browserJobs)));
  return summarise(results);
});

function readArguments(args: readonly string[]): {
  suites: readonly SuiteName[];
  filters: readonly string[];
} {
  const firstFilter = args.findIndex((arg) => !isSuite(arg));
  const named = firstFilter < 0 ? args : args.slice(0, firstFilter);
  const filters = firstFilter < 0 ? [] : args.slice(firstFilter);
  if (filters.length > 0 && (named.length !== 1 || named[0] === "check")) {
    throw new Trouble(
      `There is no test suite "${filters[0] ?? ""}". The suites: ${suiteNames.join(", ")}.`,
      "npm test",
    );
  }
  return { suites: named.length === 0 ? suiteNames : named.filter(isSuite), filters };
}

function isSuite(name: string): name is SuiteName {
  return (suiteNames as readonly string[]).includes(name);
}

function jobsOf(suite: SuiteName, filters: readonly string[]): readonly Job[] {
  switch (suite) {
    case "check":
      return checkTools.map(({ name, run }) => ({ name: `check: ${name}`, run }));
    case "unit":
    case "contract":
      return [{ name: suite, run: (say) => runMochaSuite(suite, filters, {}, say) }];
    case "page":
      return [
        {
          name: suite,
          run: async (say) => runMochaSuite(suite, filters, await browserEnvironment(say), say),
        },
      ];
    case "host":
      return [{ name: suite, run: runHostSuite }];
    case "workbench":
      return [{ name: suite, run: (say) => runWorkbenchSuite(filters, say) }];
  }
}

/** Page tests find the browser's program in QWEN_CHROMIUM. */
async function browserEnvironment(say: Say): Promise<Readonly<Record<string, string>>> {
  return { QWEN_CHROMIUM: await ensureChromium(say) };
}

async function runWorkbenchSuite(filters: readonly string[], say: Say): Promise<SuiteResult> {
  const env = { ...(await browserEnvironment(say)), QWEN_VSIX: await packQuietly() };
  return runMochaSuite("workbench", filters, env, say);
}

/** One build serves all three: the pages, the extension under development and the VSIX. */
async function runInBrowser(jobs: readonly Job[]): Promise<readonly SuiteResult[]> {
  try {
    await buildAll("production");
  } catch (error) {
    console.error(`\n${describeTrouble(error)}`);
    for (const { name } of jobs) console.error(`✘ ${name}: could not run, because the build failed`);
    return jobs.map(() => couldNotRun);
  }
  const results: SuiteResult[] = [];
  for (const job of jobs) results.push(await runStreaming(job));
  return results;
}

async function runStreaming(job: Job): Promise<SuiteResult> {
  console.log(`\n── ${job.name}`);
  return runJob(job, console.log);
}

/** Two run side by side; what each printed is shown in one piece when it has ended. */
async function twoAtATime(jobs: readonly Job[]): Promise<SuiteResult[]> {
  const waiting = [...jobs];
  const results: SuiteResult[] = [];
  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const lines: string[] = [];
      const result = await runJob(job, (line) => lines.push(line), lines);
      results.push(result);
    }
  };
  await Promise.all([work(), work()]);
  return results;
}

async function runJob(job: Job, say: Say, kept: readonly string[] = []): Promise<SuiteResult> {
  const began = performance.now();
  const latest: string[] = [];
  const sayAndKeep: Say = (line) => {
    latest.push(line);
    if (latest.length > keptOfUncounted) latest.shift();
    say(line);
  };
  const result = tellAlways(job, latest, await runSafely(job, sayAndKeep));
  const passedQuietly = result.failed === 0 && result.passed === 1;
  if (kept.length > 0 && !passedQuietly) console.log(`\n── ${job.name}\n${kept.join("\n")}`);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`${result.failed === 0 ? "✔" : "✘"} ${job.name}: ${describe(result)} (${seconds} s)`);
  return result;
}

async function runSafely(job: Job, say: Say): Promise<SuiteResult> {
  try {
    return await job.run(say);
  } catch (error) {
    say(describeTrouble(error));
    return couldNotRun;
  }
}

/** A job that failed without naming a test tells the last lines that it wrote. */
function tellAlways(job: Job, latest: readonly string[], result: SuiteResult): SuiteResult {
  if (result.failed === 0 || (result.failures ?? []).length > 0) return result;
  return { ...result, failures: [[job.name, ...latest].join("\n    ")] };
}

/** What failed is told again at the end, where a log that is cut still has it. The last line is read by programs. */
function summarise(results: readonly SuiteResult[]): number {
  const failures = results.flatMap((result) => result.failures ?? []);
  if (failures.length > 0) console.log(`\n── failed\n\n${failures.join("\n\n")}`);
  const sum = (key: "passed" | "failed" | "skipped"): number =>
    results.reduce((total, result) => total + result[key], 0);
  const [passed, failed, skipped] = [sum("passed"), sum("failed"), sum("skipped")];
  if (skipped > 0) console.log(`\n${skipped} skipped`);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function describe({ passed, failed, skipped }: SuiteResult): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}
