import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

/** How a child process is started. Its environment is ours with `env` on top. */
export type ProcessOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with every line of standard output and standard error, in order of arrival. */
  readonly onLine?: (line: string) => void;
};

/** A child with its whole process group. When our own process exits first, the group is killed with it. */
export type RunningProcess = {
  readonly pid: number;
  /** Resolves to the exit code when the process is gone; never rejects. */
  readonly ended: Promise<number>;
  /** Asks the group to end, kills it after two seconds, and resolves when the process is gone. */
  readonly stop: () => Promise<void>;
};

/** What became of a command that ran to its end. */
export type Finished = { readonly code: number; readonly output: string };

/** Starts a command in a process group of its own, so that `stop` reaches everything that it started. */
export function startProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): RunningProcess {
  const child = spawn(command, [...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  const onLine = options.onLine ?? (() => undefined);
  createInterface(child.stdout).on("line", onLine);
  createInterface(child.stderr).on("line", onLine);

  const killGroup = (): void => endGroup(child, "SIGKILL");
  process.once("exit", killGroup);
  const ended = new Promise<number>((resolve) => {
    child.once("error", (error) => {
      onLine(error.message);
      resolve(127);
    });
    child.once("close", (code) => resolve(code ?? 1));
    // A grandchild in a session of its own may keep our pipes open for ever.
    child.once("exit", (code) => setTimeout(() => resolve(code ?? 1), 1000).unref());
  }).finally(() => process.removeListener("exit", killGroup));

  const stop = async (): Promise<void> => {
    endGroup(child, "SIGTERM");
    const force = setTimeout(killGroup, 2000);
    await ended;
    clearTimeout(force);
    killGroup();
  };
  return { pid: child.pid ?? 0, ended, stop };
}

/** Runs a command to its end and keeps what it printed. */
export async function finishProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<Finished> {
  const lines: string[] = [];
  const keep = (line: string): void => {
    lines.push(line);
    options.onLine?.(line);
  };
  const code = await startProcess(command, args, { ...options, onLine: keep }).ended;
  return { code, output: lines.join("\n") };
}

/** True when a command of this name is on PATH. */
export function hasCommand(name: string): boolean {
  const finder = process.platform === "win32" ? "where" : "which";
  return spawnSync(finder, [name], { stdio: "ignore" }).status === 0;
}

/** Members that outlived the leader are reached too, so a group that is gone is no error. */
function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    return;
  }
}
