/** Runs a program for what it prints. */

import { spawn } from "node:child_process";
import { homedir } from "node:os";

import { KeyFault } from "../../core/keys/keyFailure.ts";

/** For output that is still in the pipe when the program has ended. */
const lingerMs = 500;

interface Run {
  /** Program and arguments; no shell sees them. */
  readonly command: readonly string[];
  readonly timeoutMs: number;
  readonly longestBytes: number;
  /** What it reads, such as a key to store: arguments are seen by everybody on the machine. */
  readonly input?: string;
}

/** Rejects with the system's code, the exit code, the signal, or a `KeyFault`. What it writes to its error output is nobody's to see. */
export function runProgram({ command, timeoutMs, longestBytes, input }: Run): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = start(command);
    // A program must not outlive the window that waits for it.
    const onExit = (): void => end(child.pid);
    process.once("exit", onExit);
    const pieces: Buffer[] = [];
    let bytes = 0;
    const giveUp = (reason: "timed-out" | "too-large"): void => {
      reject(new KeyFault(reason));
      end(child.pid);
      child.stdout.destroy();
    };
    const timer = setTimeout(() => giveUp("timed-out"), timeoutMs);
    const settle = (): void => {
      clearTimeout(timer);
      process.off("exit", onExit);
    };
    child.stdout.on("data", (piece: Buffer) => {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes > longestBytes) giveUp("too-large");
    });
    child.on("error", (error) => {
      settle();
      reject(error);
    });
    child.on("close", (code, signal) => {
      settle();
      if (code === 0) resolve(Buffer.concat(pieces).toString("utf8"));
      else reject(Object.assign(new Error("the program failed"), { code: signal ?? code }));
    });
    child.stdin.end(input ?? "");
  });
}

function start([program = "", ...rest]: readonly string[]) {
  const child = spawn(program, rest, {
    stdio: ["pipe", "pipe", "ignore"],
    windowsHide: true,
    // Windows looks for programs in the current folder first, which may be a workspace's.
    cwd: homedir(),
    // A group of its own, so that what it started ends with it. Windows would open a console.
    detached: process.platform !== "win32",
  });
  // An agent that it started may hold the pipe open; what it had to say is said.
  child.once("exit", () => setTimeout(() => child.stdout.destroy(), lingerMs).unref());
  // A program that does not read what it is given breaks the pipe.
  child.stdin.on("error", () => undefined);
  return child;
}

function end(pid: number | undefined): void {
  try {
    if (pid !== undefined) {
      process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
    }
  } catch {
    // It ended by itself meanwhile.
  }
}
