import { existsSync, mkdirSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { inProject } from "./paths.ts";
import { finishProcess, hasCommand, startProcess } from "./processes.ts";
import { litellm } from "./servers/litellm.ts";
import { compilerMissing, llamaCppPython } from "./servers/llamaCppPython.ts";
import type { RealServer, ServerCheck } from "./servers/realServer.ts";
import { runScript, Trouble } from "./trouble.ts";

/** A server may take a minute to load its modules. */
const startMs = 180_000;

/** Opt-in: nothing else starts it. Exits with 1 when a real server did what the facts do not say. */
interface Known {
  readonly server: RealServer;
  readonly missing: () => string | undefined;
  /** `named`: compiles for a quarter of an hour when it is installed, so only when it is asked for by name. */
  readonly runs: "always" | "named";
}

const known: readonly Known[] = [
  { server: litellm, missing: () => undefined, runs: "always" },
  { server: llamaCppPython, missing: compilerMissing, runs: "named" },
];

await runScript(async (names) => {
  const python = ["python3", "python"].find(hasCommand);
  if (python === undefined) {
    throw new Trouble(
      "The real servers are Python programs: install Python 3.10 or later, with its venv module.",
    );
  }
  const chosen = known.filter(({ server, runs }) =>
    names.length === 0 ? runs === "always" : names.includes(server.name),
  );
  if (chosen.length === 0) {
    throw new Trouble(
      `There is no such server; there are ${known.map(({ server }) => server.name).join(", ")}.`,
    );
  }
  let wrong = 0;
  for (const { server, missing } of chosen) {
    const lack = missing();
    if (lack === undefined) wrong += await testServer(server, python);
    else console.log(`– ${server.name}: left out, it needs ${lack}.`);
  }
  return wrong === 0 ? 0 : 1;
});

/** Installs, starts, checks and stops it; returns how many checks failed. */
async function testServer(server: RealServer, python: string): Promise<number> {
  const folder = join(
    process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
    "qwen-endpoints",
    "servers",
    server.name,
  );
  const bin = await ensureInstalled(server, folder, python);
  const port = await freePort();
  const { command, args, env = {} } = await server.prepare(folder, bin, port);
  const log: string[] = [];
  const running = startProcess(command, args, { cwd: folder, env, onLine: (line) => void log.push(line) });
  try {
    const origin = `http://127.0.0.1:${port}`;
    if (!(await isUp(`${origin}${server.readyPath}`, running.ended))) {
      throw new Trouble(`${server.name} did not start:\n${log.slice(-20).join("\n")}`);
    }
    let wrong = 0;
    for (const check of server.checks) wrong += (await passes(check, origin, server.name)) ? 0 : 1;
    return wrong;
  } finally {
    await running.stop();
  }
}

async function ensureInstalled(server: RealServer, folder: string, python: string): Promise<string> {
  const bin = join(folder, "venv", process.platform === "win32" ? "Scripts" : "bin");
  mkdirSync(folder, { recursive: true });
  if (!existsSync(bin))
    await pipStep(python, ["-m", "venv", join(folder, "venv")], "A virtual environment could not be made");
  console.log(`Installing ${server.packages.join(", ")} (once on this machine) …`);
  await pipStep(
    join(bin, "python"),
    ["-m", "pip", "install", "--quiet", ...server.packages],
    `${server.name} could not be installed`,
  );
  return bin;
}

async function pipStep(command: string, args: readonly string[], complaint: string): Promise<void> {
  const { code, output } = await finishProcess(command, args);
  if (code !== 0) throw new Trouble(`${complaint}:\n${output.split("\n").slice(-15).join("\n")}`);
}

/** The exit code and the codes, as a person or a CI would read them. */
async function passes(
  { name, path, args, env = {}, expect }: ServerCheck,
  origin: string,
  server: string,
): Promise<boolean> {
  const cli = [inProject("src", "cli.ts"), "test", "--base-url", `${origin}${path}`, "--json", ...args];
  const { code, output } = await finishProcess(process.execPath, cli, { env });
  const codes = codesIn(output);
  const isRight = code === expect.code && expect.findings.every((each) => codes.includes(each));
  const found = `exit ${code}, ${codes.join(" ") || "no findings"}`;
  console.log(`${isRight ? "✔" : "✘"} ${server} ${name}: ${found}`);
  if (!isRight) console.log(`  expected: exit ${expect.code}, ${expect.findings.join(" ") || "anything"}`);
  return isRight;
}

function codesIn(output: string): readonly string[] {
  try {
    const report = JSON.parse(output) as { readonly findings: readonly { readonly code: string }[] };
    return report.findings.map(({ code }) => code);
  } catch {
    return [output.slice(0, 300)];
  }
}

async function isUp(url: string, ended: Promise<number>): Promise<boolean> {
  let state: "running" | "ended" = "running";
  void ended.then(() => (state = "ended"));
  const isRunning = (): boolean => state === "running";
  for (const began = Date.now(); isRunning() && Date.now() - began < startMs;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer !== undefined) return true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
