import { globSync, writeFileSync } from "node:fs";
import Mocha from "mocha";
import { inProject } from "../paths.ts";
import { exitAfterOutput } from "../trouble.ts";
import { collectDurations } from "./durations.ts";
import { collectFailures } from "./failures.ts";

/**
 * node dev/suites/runMocha.ts SUITE [--grep PATTERN] [FILE…]: runs test/SUITE with the Node that runs this, on the
 * sources. It leaves the counts where QWEN_RESULTS says, and ends even when a test left something open.
 */
const [suite = "unit", ...args] = process.argv.slice(2);
const grepAt = args.indexOf("--grep");
const grep = grepAt < 0 ? undefined : args[grepAt + 1];
const named = args.filter((_, index) => grepAt < 0 || (index !== grepAt && index !== grepAt + 1));
// Against hanging for ever, not a measure: CI machines are busy.
const patience = { unit: 30_000, contract: 60_000, page: 60_000, workbench: 120_000 }[suite] ?? 20_000;

const mocha = new Mocha({ timeout: patience, slow: patience / 4, forbidOnly: process.env["CI"] === "true" });
if (grep !== undefined) mocha.grep(new RegExp(grep));
for (const file of globSync(`test/${suite}/**/*.test.ts`, { cwd: inProject() }).sort()) {
  if (named.length === 0 || named.some((part) => file.includes(part))) mocha.addFile(inProject(file));
}
await mocha.loadFilesAsync();
const runner = mocha.run((failures) => {
  const { passes = 0, pending = 0 } = runner.stats ?? {};
  const results = JSON.stringify({ passed: passes, failed: failures, skipped: pending, failures: told });
  const file = process.env["QWEN_RESULTS"];
  if (file !== undefined) writeFileSync(file, results);
  console.log(["  the slowest files:", ...slowest()].join("\n"));
  void exitAfterOutput(failures > 0 ? 1 : 0);
});
const told = collectFailures(runner);
const slowest = collectDurations(runner);
