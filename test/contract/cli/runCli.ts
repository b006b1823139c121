/** Runs the command line as a process: the source, or the bundle that is shipped. */

import { spawn } from "node:child_process";

import { inProject } from "../../../dev/paths.ts";

export interface CliEnd {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  readonly script?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Called with all output so far; `interrupt` is Ctrl+C. */
  readonly onOutput?: (out: string, interrupt: () => void) => void;
}

export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliEnd> {
  const script = options.script ?? inProject("src", "cli.ts");
  const env = { PATH: process.env["PATH"] ?? "", NODE_NO_WARNINGS: "1", LC_ALL: "C", ...options.env };
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ["pipe", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    options.onOutput?.(out, () => child.kill("SIGINT"));
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? -1, out, err }));
  });
}
