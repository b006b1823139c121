import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { finishProcess } from "../processes.ts";
import { inProject } from "../paths.ts";
import { Trouble } from "../trouble.ts";
import { ensureBuildTools } from "./buildTools.ts";

/** Where VS Code's server lies on this machine, installed on first use and kept for every later run and clone. */
export async function ensureWorkbench(say: (line: string) => void = console.log): Promise<string> {
  if (process.platform === "win32") {
    throw new Trouble(
      "The VS Code server can not be compiled on Windows itself: run this inside WSL, or use the desktop editor.",
      "npm start -- --desktop",
    );
  }
  const lockFile = inProject("dev", "workbench", "package-lock.json");
  const hash = createHash("sha256").update(readFileSync(lockFile)).digest("hex").slice(0, 12);
  const folder = join(cacheFolder(), `workbench-${hash}-${process.platform}-${process.arch}`);
  if (!existsSync(folder)) await install(folder, say);
  return join(folder, "node_modules", "code-server", "lib", "vscode");
}

/** A folder of this user that outlives clones: `XDG_CACHE_HOME` or `~/.cache`, and in it our own. */
function cacheFolder(): string {
  const folder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "qwen-endpoints");
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Installs beside the final place and renames, so that a folder that exists is always a whole one. */
async function install(folder: string, say: (line: string) => void): Promise<void> {
  await ensureBuildTools(say);
  const partial = mkdtempSync(join(cacheFolder(), "installing-"));
  process.once("exit", () => rmSync(partial, { recursive: true, force: true }));
  for (const file of ["package.json", "package-lock.json"]) {
    cpSync(inProject("dev", "workbench", file), join(partial, file));
  }
  const title = "Installing the VS Code server (once on this machine, two to four minutes, 600 MB)";
  await npm(
    ["ci"],
    partial,
    title,
    { ...(await headersSetting(say)), npm_config_dangerously_allow_all_scripts: "true" },
    say,
  );
  moveIntoPlace(partial, folder);
}

/** The headers of the pinned Node from its own package, so that node-gyp need not download them. */
async function headersSetting(say: (line: string) => void): Promise<Readonly<Record<string, string>>> {
  const name = platformPackage();
  const places = [inProject("node_modules", "node", "node_modules", name), inProject("node_modules", name)];
  const present = places.find(hasHeaders);
  if (present !== undefined) return { npm_config_nodedir: present };

  const apart = join(cacheFolder(), `headers-${process.versions.node}`);
  const fetched = join(apart, "node_modules", name);
  if (!hasHeaders(fetched)) {
    mkdirSync(apart, { recursive: true });
    const args = [
      "install",
      "--no-save",
      "--ignore-scripts",
      "--prefix",
      apart,
      `${name}@${process.versions.node}`,
    ];
    await npm(args, apart, "Installing Node's headers", {}, say).catch(() => undefined);
  }
  return hasHeaders(fetched) ? { npm_config_nodedir: fetched } : {};
}

function platformPackage(): string {
  const prefix = process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  return `${prefix}-${process.platform}-${process.arch}`;
}

function hasHeaders(folder: string): boolean {
  return existsSync(join(folder, "include", "node", "node_version.h"));
}

/** npm under the pinned Node: code-server's install step insists on Node 24. */
async function npm(
  args: readonly string[],
  cwd: string,
  title: string,
  settings: Readonly<Record<string, string>>,
  say: (line: string) => void,
): Promise<void> {
  const began = performance.now();
  const seconds = (): number => Math.round((performance.now() - began) / 1000);
  say(`${title} …`);
  const beat = setInterval(() => say(`  … ${seconds()} s`), 15_000);
  // The npm that runs `npm test` leaves its own Node's name to its children, and code-server believes it.
  const agent = `npm node/${process.version} ${process.platform} ${process.arch}`;
  const env = {
    PATH: [dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter),
    npm_config_user_agent: agent,
    // `npm test --silent` would silence this npm too, and with it the reason of a failure.
    npm_config_loglevel: "warn",
    npm_node_execpath: process.execPath,
    NODE: process.execPath,
    ...settings,
  };
  const { code, output } = await finishProcess("npm", [...args, "--no-audit", "--no-fund"], { cwd, env });
  clearInterval(beat);
  if (code === 0) {
    say(`  done in ${seconds()} s`);
    return;
  }
  throw new Trouble(
    `${title} failed:\n${meaningfulLines(output)}`,
    "npm start   (again, when that is put right)",
  );
}

function meaningfulLines(output: string): string {
  const lines = output.split("\n");
  const errors = lines.filter((line) => /err(or)?[ !:]|not found|gyp ERR|fatal/i.test(line));
  return (errors.length > 0 ? errors : lines).slice(-25).join("\n");
}

/** Another run may have finished the same install first; then its folder is used. */
function moveIntoPlace(partial: string, folder: string): void {
  try {
    renameSync(partial, folder);
  } catch (error) {
    if (!existsSync(folder) || readdirSync(folder).length === 0) throw error;
  }
}
