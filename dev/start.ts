import { parseArgs } from "node:util";
import { buildAll } from "./build.ts";
import { writeDemoWorkspace } from "./demoWorkspace.ts";
import { openInBrowser } from "./openInBrowser.ts";
import { packQuietly } from "./package.ts";
import { inProject, vsixPath } from "./paths.ts";
import { finishProcess, hasCommand, startProcess, type RunningProcess } from "./processes.ts";
import { runScript, Trouble } from "./trouble.ts";
import { startServer } from "./workbench/server.ts";

/** Something of ours that runs until it is stopped. */
type Part = { readonly name: string; readonly ended: Promise<number>; readonly stop: () => Promise<void> };

await runScript(async () => {
  const told = untilTold();
  const { values } = parseArgs({
    options: { desktop: { type: "boolean", default: false }, "no-open": { type: "boolean", default: false } },
  });
  const starting = values.desktop ? startDesktop() : startInBrowser(values["no-open"] ? "print" : "open");
  const parts = await Promise.race([starting, told]);
  // Told while it still installs or builds: what runs is killed as this process exits.
  if (parts === "told") return 0;
  const first = await Promise.race([told, ...parts.map(async ({ name, ended }) => ended.then(() => name))]);
  console.log(first === "told" ? "\nStopping …" : `\nThe ${first} ended by itself.`);
  await Promise.all(parts.map((part) => part.stop()));
  return first === "told" ? 0 : 1;
}, "own signals");

/** Resolves on Ctrl-C, on a polite kill, and when the script that started us is gone. */
function untilTold(): Promise<"told"> {
  return new Promise((resolve) => {
    for (const event of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"])
      process.on(event, () => resolve("told"));
  });
}

async function startInBrowser(address: "print" | "open"): Promise<readonly Part[]> {
  console.log("Building the extension …");
  await buildAll("production");
  await packQuietly();
  const demo = await startDemo();
  const folder = writeDemoWorkspace(demo.baseUrl);
  const server = await startServer({ vsix: [vsixPath()] });
  const link = `${server.origin}/?folder=${encodeURIComponent(folder)}`;
  console.log(`\nDemo endpoint (no model):  ${demo.baseUrl}`);
  console.log(`VS Code with Qwen Endpoints:  ${link}`);
  const opened = address === "open" && openInBrowser(link);
  console.log(
    `${opened ? "Opened in your browser." : "Open this address in a browser."} Ctrl-C stops everything.`,
  );
  return [demo.part, { name: "VS Code server", ended: server.ended, stop: server.stop }];
}

async function startDesktop(): Promise<readonly Part[]> {
  if (!hasCommand("code")) {
    throw new Trouble(
      'The command "code" is not on PATH. In VS Code run "Shell Command: Install \'code\' command in PATH", or use the browser:',
      "npm start",
    );
  }
  await buildAll("development");
  const demo = await startDemo();
  const folder = writeDemoWorkspace(demo.baseUrl);
  const args = [`--extensionDevelopmentPath=${inProject()}`, "--new-window", folder];
  const { code, output } = await finishProcess("code", args);
  if (code !== 0) throw new Trouble(`code ended with exit code ${code}:\n${output}`);
  console.log(
    `Opened in the desktop editor. Demo endpoint: ${demo.baseUrl}. Ctrl-C stops the demo endpoint.`,
  );
  return [demo.part];
}

async function startDemo(): Promise<{ readonly baseUrl: string; readonly part: Part }> {
  let heard: (line: string) => void = () => undefined;
  const running: RunningProcess = startProcess(process.execPath, [inProject("src", "demo", "main.ts")], {
    onLine: (line) => heard(line),
  });
  const lines: string[] = [];
  const baseUrl = await new Promise<string>((resolve, reject) => {
    heard = (line) => {
      lines.push(line);
      const address = /https?:\/\/\S+/.exec(line)?.[0];
      if (address !== undefined) resolve(address);
    };
    void running.ended.then(() =>
      reject(new Trouble(`The demo endpoint does not start:\n${lines.join("\n")}`)),
    );
  });
  return { baseUrl, part: { name: "demo endpoint", ended: running.ended, stop: running.stop } };
}
