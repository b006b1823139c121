import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "node:util";
import Mocha from "mocha";
import { collectFailures } from "../../dev/suites/failures.ts";

/**
 * What the extension host calls. It runs every test file beside it and leaves the counts in results.json.
 * The mark before each line lets dev/suites/host.ts tell it from the editor's own.
 */
export async function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => console.log(`[test] ${format(...parts)}`);
  const mocha = new Mocha({ timeout: 20_000, color: false, forbidOnly: process.env["CI"] === "true" });
  for (const file of readdirSync(__dirname, { recursive: true, encoding: "utf8" })) {
    if (file.endsWith(".test.cjs")) mocha.addFile(join(__dirname, file));
  }
  await mocha.loadFilesAsync();
  let told: readonly string[] = [];
  const results = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
    told = collectFailures(runner);
  });
  const { passes = 0, failures = 0, pending = 0 } = results ?? {};
  writeFileSync(
    join(__dirname, "results.json"),
    JSON.stringify({ passed: passes, failed: failures, skipped: pending, failures: told }),
  );
  if (failures > 0) throw new Error(`${failures} host tests failed`);
}
