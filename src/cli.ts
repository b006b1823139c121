/** The command line: the same core and io as the extension, without an editor. Wires them and says how the process ends. */

import { readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

import * as l10n from "@vscode/l10n";

import { parseCommand, type TestCommand } from "./cli/arguments.ts";
import { judgeFile } from "./cli/judgeFile.ts";
import { bundleFor } from "./cli/language.ts";
import { reportPrinter } from "./cli/reportPrinter.ts";
import { testEndpoint } from "./cli/testEndpoint.ts";
import { usage } from "./cli/usage.ts";
import { createRedactor } from "./core/diagnosis/redact.ts";
import type { Report } from "./core/diagnosis/report.ts";
import { endpointVault } from "./io/keys/endpointVault.ts";
import type { Agreements } from "./core/ports.ts";
import { systemKeychain } from "./io/keys/systemKeychain.ts";
import { createKeyStore } from "./io/keys/keyStore.ts";
import { nodeClock as clock } from "./io/nodeClock.ts";
import { nodeHttp } from "./io/nodeHttp.ts";
import { nodeSockets } from "./io/nodeSockets.ts";

/** 0 healthy or with warnings, 1 a blocker, 2 bad arguments or input, 130 cancelled by Ctrl+C. */
type ExitCode = 0 | 1 | 2 | 130;

const out = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(): Promise<ExitCode> {
  useLanguage();
  const command = parseCommand(process.argv.slice(2), process.env);
  switch (command.kind) {
    case "help":
      out(usage());
      return 0;
    case "wrong":
      complain(command.problem);
      return 2;
    case "judge":
      return (await judgeFile(command.file, { input: process.stdin, out, complain })) === "whole" ? 0 : 2;
    case "test":
      return test(command);
  }
}

async function test(command: TestCommand): Promise<ExitCode> {
  const redactor = createRedactor();
  const nothingStored = { get: () => Promise.resolve(undefined), store: refuse, delete: refuse };
  const vault = endpointVault({
    store: createKeyStore(nothingStored),
    env: process.env,
    redactor,
    keychain: systemKeychain(),
    workspace: { id: undefined, folder: process.cwd(), isTrusted: () => true },
    agreements: agreed,
  });
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort());
  const http = nodeHttp();
  const ports = { http, sockets: nodeSockets(), clock };
  const isColoured = process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";
  const printer = reportPrinter((text) => out(redactor.clean(text)), isColoured ? "coloured" : "plain");
  let last: Report | undefined;
  for await (const report of testEndpoint(command, vault, ports, process.platform, abort.signal)) {
    last = report;
    if (command.output === "text") {
      printer.progress(report);
    }
  }
  http.dispose();
  if (command.output === "json") {
    out(JSON.stringify(redactor.cleanDeep(last), undefined, 2));
  } else if (last !== undefined) {
    printer.end(last);
  }
  return exitCodeOf(last?.verdict ?? "failed");
}

/** Whoever writes the command line has said where the key goes. */
const agreed: Agreements = {
  isGranted: () => true,
  mayTravelPlain: () => true,
  boundOrigin: () => undefined,
  bind: () => Promise.resolve(),
};

function exitCodeOf(verdict: Report["verdict"]): ExitCode {
  return ({ healthy: 0, warnings: 0, failed: 1, cancelled: 130 } as const)[verdict];
}

function refuse(): Promise<never> {
  return Promise.reject(new Error("the command line stores nothing"));
}

/** The texts lie beside dist/ in the package, as in the VSIX; npm starts us through a link. */
function useLanguage(): void {
  const file = bundleFor(process.env);
  if (file === undefined) {
    return;
  }
  try {
    const beside = dirname(realpathSync(process.argv[1] ?? ""));
    const contents = readFileSync(join(beside, "..", "l10n", file), "utf8");
    l10n.config({ contents });
  } catch {
    // A copy of the file by itself speaks English.
  }
}

// `qwen-endpoints … | head` closes our output; that is no failure of ours.
process.stdout.on("error", () => process.exit(0));
main().then(
  (code) => void (process.exitCode = code),
  (error: unknown) => {
    complain(`qwen-endpoints: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  },
);
