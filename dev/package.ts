import { statSync } from "node:fs";
import { createVSIX } from "@vscode/vsce";
import { buildAll } from "./build.ts";
import { inProject, vsixPath } from "./paths.ts";
import { finishProcess } from "./processes.ts";
import { runScript, Trouble } from "./trouble.ts";

/** Packs what is in dist/ as it is, without vsce's list of files; returns the path of the VSIX. */
export async function packQuietly(): Promise<string> {
  const { code, output } = await finishProcess(process.execPath, [import.meta.filename, "--built"]);
  if (code !== 0) throw new Trouble(output, "npm run package");
  return vsixPath();
}

async function pack(): Promise<void> {
  try {
    await createVSIX({
      cwd: inProject(),
      packagePath: vsixPath(),
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    });
  } catch (error) {
    throw new Trouble(
      `The extension can not be packed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

if (import.meta.main) {
  await runScript(async (args) => {
    if (!args.includes("--built")) await buildAll("production");
    await pack();
    console.log(`${vsixPath()} (${Math.round(statSync(vsixPath()).size / 1024)} KB)`);
    return 0;
  });
}
