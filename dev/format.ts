import { spawnSync } from "node:child_process";
import { inProject, toolCommand } from "./paths.ts";
import { runScript } from "./trouble.ts";

await runScript((args) => {
  const paths = args.length > 0 ? args : ["."];
  const [command, commandLine] = toolCommand(
    "prettier/bin/prettier.cjs",
    "--write",
    "--list-different",
    ...paths,
  );
  const { status } = spawnSync(command, [...commandLine], { cwd: inProject(), stdio: "inherit" });
  return Promise.resolve(status ?? 1);
});
