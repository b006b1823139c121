// node dev/bootstrap.mjs SCRIPT.ts [arguments]
// The door of every npm script: makes node_modules match package-lock.json, then runs dev/SCRIPT.ts with the
// Node version the project pins. Plain JavaScript without dependencies, because neither is there on a fresh
// clone; works on Node 18 and later.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const stampFile = join(modules, ".matches-lock");
const windows = process.platform === "win32";
const pinnedNode = join(modules, "node", "bin", windows ? "node.exe" : "node");

main().catch((error) => fail(error instanceof Error ? error.message : String(error)));

async function main() {
  const [script, ...args] = process.argv.slice(2);
  if (!script || !existsSync(join(root, "dev", script))) {
    fail(`There is no script dev/${script ?? "?"}.`, "npm run");
  }
  if (Number(process.versions.node.split(".")[0]) < 18) {
    fail(`This is Node ${process.version}; Node 18 or later is needed to begin with.`);
  }
  if (!modulesMatchLock()) await install();
  if (!existsSync(pinnedNode)) await setUpPinnedNode();
  runScript(join(root, "dev", script), args);
}

/** True when the install was finished for this very lock file, by us or by a person's own `npm install`. */
function modulesMatchLock() {
  const lock = readFileSync(join(root, "package-lock.json"));
  const hash = createHash("sha256").update(lock).digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === hash) return true;

  const installedFile = join(modules, ".package-lock.json");
  if (!existsSync(installedFile)) return false;
  const installed = JSON.parse(readFileSync(installedFile, "utf8")).packages;
  const wanted = Object.entries(JSON.parse(lock.toString()).packages).filter(([path]) => path !== "");
  const differs = ([path, { version, optional, peer }]) =>
    installed[path] === undefined ? !optional && !peer : installed[path].version !== version;
  if (wanted.some(differs)) return false;
  writeFileSync(stampFile, hash);
  return true;
}

/** Without install scripts: only the pinned Node needs its own, and npm 11 and later ask before they run any. */
async function install() {
  const hint =
    "Put right what npm says above, then run the same command again. Without a network: nothing can be installed.";
  await npm(
    ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
    root,
    "Installing the project's packages",
    hint,
  );
  await setUpPinnedNode();
  const lock = readFileSync(join(root, "package-lock.json"));
  writeFileSync(stampFile, createHash("sha256").update(lock).digest("hex"));
}

async function setUpPinnedNode() {
  const folder = join(modules, "node");
  const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).devDependencies.node;
  if (!existsSync(folder)) fail("The package node is missing in node_modules.", "npm ci");
  const child = spawn(process.execPath, ["installArchSpecificPackage"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  await untilDone(child, `Installing Node ${wanted} for the scripts`, "npm rebuild node");
  if (!existsSync(pinnedNode)) fail(`Node ${wanted} could not be installed.`, "npm rebuild node");
  const link = join(modules, ".bin", "node");
  if (!windows && !lstatSync(link, { throwIfNoEntry: false }))
    symlinkSync(join("..", "node", "bin", "node"), link);
}

function npm(args, cwd, title, hint) {
  const cli = process.env.npm_execpath;
  const child =
    cli && cli.endsWith(".js")
      ? spawn(process.execPath, [cli, ...args, "--loglevel=error"], {
          cwd,
          stdio: ["ignore", "ignore", "pipe"],
        })
      : spawn("npm", [...args, "--loglevel=error"], {
          cwd,
          stdio: ["ignore", "ignore", "pipe"],
          shell: windows,
        });
  return untilDone(child, title, hint);
}

/** Prints a line at the start, every ten seconds and at the end, because npm itself is silent without a terminal. */
function untilDone(child, title, hint) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  console.log(`${title} …`);
  const beat = setInterval(() => console.log(`${title} … ${seconds()} s`), 10_000);
  let complaints = "";
  child.stderr.on("data", (data) => (complaints += data));
  return new Promise((resolve) => {
    child.on("error", (error) => fail(`${title} failed: ${error.message}.`, hint));
    child.on("close", (code) => {
      clearInterval(beat);
      if (code !== 0) {
        console.error(complaints.trim().split("\n").slice(0, 30).join("\n"));
        fail(`${title} failed.`, hint);
      }
      console.log(`${title}: done in ${seconds()} s`);
      resolve();
    });
  });
}

/** Hands terminal, arguments and signals to the script and ends as it ends. The channel tells it when we are killed. */
function runScript(file, args) {
  const path = [dirname(pinnedNode), join(modules, ".bin"), process.env.PATH ?? ""].join(delimiter);
  const env = { ...process.env, PATH: path, NODE_NO_WARNINGS: "1" };
  const child = spawn(pinnedNode, [file, ...args], { stdio: ["inherit", "inherit", "inherit", "ipc"], env });
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  // npm killed by a signal does not pass it on; we are then an orphan.
  const parent = process.ppid;
  const orphaned = () => process.env.npm_lifecycle_event !== undefined && process.ppid !== parent;
  setInterval(() => orphaned() && child.kill("SIGTERM"), 500).unref();
  child.on("error", (error) => fail(`The project's Node does not start: ${error.message}.`, "npm ci"));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
  });
}

function fail(message, hint) {
  console.error(`\n${message}`);
  if (hint) console.error(hint.includes(" ") && hint.endsWith(".") ? hint : `Run: ${hint}`);
  process.exit(1);
}
