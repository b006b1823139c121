import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finishProcess, startProcess } from "../processes.ts";
import { temporaryFolder } from "../temporary.ts";
import { Trouble } from "../trouble.ts";
import { ensureWorkbench } from "./ensureWorkbench.ts";

/** User settings by their full names, as in settings.json. */
export type Settings = Readonly<Record<string, unknown>>;

/** A running VS Code server of our own, with its own data and extensions. */
export type VsCodeServer = {
  /** For example `http://127.0.0.1:40123`, without a slash at the end. */
  readonly origin: string;
  readonly port: number;
  /** Everything that the server and its windows write is below it: settings, logs, what extensions store. */
  readonly dataFolder: string;
  /** Everything that the server printed so far. */
  readonly log: () => string;
  /** Resolves when the server process is gone. */
  readonly ended: Promise<number>;
  /** Merges into the user settings; an open window takes them up by itself. `undefined` removes a key. */
  readonly changeSettings: (changes: Settings) => void;
  readonly stop: () => Promise<void>;
};

/** What may differ between servers. */
export type ServerOptions = {
  /** Packaged extensions to install before the start. */
  readonly vsix?: readonly string[];
  readonly settings?: Settings;
  /** On top of this process's environment, for the server and with it the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** `asked`: folders open in Restricted Mode, without a dialog, until they are trusted by hand. */
  readonly workspaceTrust?: "asked";
  /** Needed to run extension tests: without it a built VS Code ignores `extensionTestsPath`. */
  readonly extensionTests?: "allowed";
  readonly say?: (line: string) => void;
};

/** Silence and sameness: no walkthroughs, no updates, no downloads, the same font everywhere. */
const quietSettings: Settings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.settings.enableNaturalLanguageSearch": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "window.commandCenter": false,
  "chat.commandCenter.enabled": false,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "git.enabled": false,
  "typescript.disableAutomaticTypeAcquisition": true,
  "security.workspace.trust.enabled": false,
};

const restricted: Settings = {
  "security.workspace.trust.enabled": true,
  "security.workspace.trust.startupPrompt": "never",
};

/** Starts VS Code's server on a free port of 127.0.0.1 and resolves when it answers. */
export async function startServer(options: ServerOptions = {}): Promise<VsCodeServer> {
  const vscode = await ensureWorkbench(options.say);
  const { path: folder, remove } = temporaryFolder("server");
  const places = placeArguments(folder);
  const asksForTrust = options.workspaceTrust === "asked";
  mergeSettings(folder, { ...quietSettings, ...(asksForTrust ? restricted : {}), ...options.settings });
  await installAll(vscode, options.vsix ?? [], folder);

  const args = ["--host", "127.0.0.1", "--port", "0", "--without-connection-token", ...places];
  const quiet = ["--accept-server-license-terms", "--telemetry-level", "off"];
  const trust = asksForTrust ? [] : ["--disable-workspace-trust"];
  const tests = options.extensionTests === undefined ? [] : ["--enable-smoke-test-driver"];
  const { running, port, log } = await untilListening(vscode, [...args, ...quiet, ...trust, ...tests], {
    ...offline,
    ...options.env,
  });

  const stop = async (): Promise<void> => {
    await running.stop();
    remove();
  };
  const changeSettings = (changes: Settings): void => mergeSettings(folder, changes);
  const origin = `http://127.0.0.1:${port}`;
  return { origin, port, dataFolder: folder, log, ended: running.ended, changeSettings, stop };
}

function placeArguments(folder: string): readonly string[] {
  return ["--server-data-dir", folder, "--extensions-dir", join(folder, "extensions")];
}

/** The first is copied from where this process has installed it before: an installation takes as long as a start. */
async function installAll(vscode: string, vsix: readonly string[], folder: string): Promise<void> {
  const [first, ...others] = vsix;
  if (first === undefined) return;
  cpSync(await installed(vscode, first), join(folder, "extensions"), { recursive: true });
  for (const each of others) await installVsix(vscode, each, placeArguments(folder));
}

/** The extensions folder of a server that never starts, with this very file installed. */
function installed(vscode: string, vsix: string): Promise<string> {
  const file = statSync(vsix, { throwIfNoEntry: false });
  const name = `${vsix} ${file?.mtimeMs ?? 0} ${file?.size ?? 0}`;
  const install = async (): Promise<string> => {
    const { path } = temporaryFolder("installed");
    await installVsix(vscode, vsix, placeArguments(path));
    return join(path, "extensions");
  };
  const installation = installations.get(name) ?? install();
  installations.set(name, installation);
  return installation;
}

const installations = new Map<string, Promise<string>>();

async function installVsix(vscode: string, vsix: string, places: readonly string[]): Promise<void> {
  if (!existsSync(vsix)) throw new Trouble(`There is no packaged extension at ${vsix}.`, "npm run package");
  const args = [join(vscode, "out", "server-main.js"), "--install-extension", vsix, "--force", ...places];
  const { code, output } = await finishProcess(process.execPath, args, { env: offline });
  if (code === 0 && /successfully installed/.test(output)) return;
  throw new Trouble(`VS Code does not install ${vsix}:\n${output}`, "npm run package");
}

/** No gallery: the editor then never looks for extensions or their updates. */
const offline = { EXTENSIONS_GALLERY: "{}", NODE_NO_WARNINGS: "1" };

type Listening = {
  readonly running: ReturnType<typeof startProcess>;
  readonly port: number;
  readonly log: () => string;
};

async function untilListening(
  vscode: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Listening> {
  const lines: string[] = [];
  const log = (): string => lines.join("\n");
  let heard: (line: string) => void = () => undefined;
  const onLine = (line: string): void => {
    lines.push(line);
    heard(line);
  };
  const command = [join(vscode, "out", "server-main.js"), ...args];
  const running = startProcess(process.execPath, command, { env, onLine });
  const listening = new Promise<number>((resolve, reject) => {
    const fail = (what: string): void => reject(new Trouble(`The VS Code server ${what}.\n${log()}`));
    const timer = setTimeout(() => fail("did not start within a minute"), 60_000);
    void running.ended.then((code) => fail(`ended at once with exit code ${code}`));
    heard = (line) => {
      const port = /Extension host agent listening on (\d+)/.exec(line)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
  });
  try {
    return { running, port: await listening, log };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** User for settings of the application's scope, Machine for those of a machine's scope, the rest is read from either. */
function mergeSettings(folder: string, changes: Settings): void {
  for (const scope of ["User", "Machine"]) {
    const file = join(folder, "data", scope, "settings.json");
    mkdirSync(join(folder, "data", scope), { recursive: true });
    const current = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Settings) : {};
    // Never half a file, which the editor would read as no settings at all.
    writeFileSync(`${file}.new`, JSON.stringify({ ...current, ...changes }, null, 2));
    renameSync(`${file}.new`, file);
  }
}
