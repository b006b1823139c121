import { finishProcess } from "../processes.ts";
import { inProject, toolCommand } from "../paths.ts";
import type { Say, SuiteResult } from "./result.ts";

/** One tool that reads the sources; it counts as one test. */
export type CheckTool = { readonly name: string; readonly run: (say: Say) => Promise<SuiteResult> };

const sourceFolders = ["src", "dev", "test", "bench"];

/** Format, types, lint, layers and dead code; the slowest first, so that two at a time end together. */
export const checkTools: readonly CheckTool[] = [
  tool(
    "lint",
    "eslint/bin/eslint.js",
    "--max-warnings",
    "0",
    "--no-error-on-unmatched-pattern",
    "--ignore-pattern",
    "!dev/workbench",
    ...sourceFolders,
  ),
  tool("types", "typescript/bin/tsc", "-p", "tsconfig.json"),
  tool("types of the pages", "typescript/bin/tsc", "-p", "src/webview"),
  tool("types of core", "typescript/bin/tsc", "-p", "src/core"),
  tool("dead code", "knip/bin/knip.js"),
  tool(
    "layers",
    "dependency-cruiser/bin/dependency-cruiser.mjs",
    "--config",
    ".dependency-cruiser.cjs",
    "src",
  ),
  tool(
    "format",
    "prettier/bin/prettier.cjs",
    "--check",
    "--cache",
    "--cache-location",
    "node_modules/.cache/prettier-check",
    ".",
  ),
];

function tool(name: string, script: string, ...args: readonly string[]): CheckTool {
  const [command, commandLine] = toolCommand(script, ...args);
  const run = async (say: Say): Promise<SuiteResult> => {
    const { code } = await finishProcess(command, commandLine, { cwd: inProject(), onLine: say });
    return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  };
  return { name, run };
}
