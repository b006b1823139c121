import { runTests } from "@vscode/test-electron";
import { buildAll } from "./build.ts";
import { inProject } from "./paths.ts";
import { temporaryFolder } from "./temporary.ts";
import { runScript, Trouble } from "./trouble.ts";

await runScript(async () => {
  await buildAll("production");
  try {
    return await runTests({
      extensionDevelopmentPath: inProject(),
      extensionTestsPath: inProject("out", "test", "host", "index.cjs"),
      launchArgs: [
        temporaryFolder("workspace").path,
        "--disable-extensions",
        "--user-data-dir",
        temporaryFolder("user-data").path,
      ],
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Trouble(
      `The desktop editor could not be downloaded, started or did not pass: ${reason}\n` +
        "The same tests run in the VS Code server that npm brings, without that download.",
      "npm test -- host",
    );
  }
});
