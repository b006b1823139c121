import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** An absolute path of something inside the project. */
export function inProject(...parts: readonly string[]): string {
  return join(root, ...parts);
}

/** The command line of a package's own script, run with the Node that runs this. */
export function toolCommand(
  script: string,
  ...args: readonly string[]
): readonly [string, readonly string[]] {
  return [process.execPath, [inProject("node_modules", script), ...args]];
}

/** Where the VSIX of the version in package.json lies: at the top of the project. */
export function vsixPath(): string {
  const manifest = JSON.parse(readFileSync(inProject("package.json"), "utf8")) as {
    readonly version: string;
  };
  return inProject(`qwen-endpoints-${manifest.version}.vsix`);
}
