import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { toolCommand } from "../../dev/paths.ts";
import { finishProcess } from "../../dev/processes.ts";
import { temporaryFolder } from "../../dev/temporary.ts";

/** Another extension in the same window, which does for a test what any extension could do. */
export interface OtherExtension {
  /** For `vsixBeside` of the window. */
  readonly vsix: string;
  /** Runs a command; its result, or what it threw as `{ thrown }`. */
  readonly execute: (command: string, ...args: readonly unknown[]) => Promise<unknown>;
  /** Runs a command with an argument whose every field throws an error with this text. */
  readonly executeThrowing: (command: string, text: string) => Promise<unknown>;
  /** What a setting is for an extension that reads it. */
  readonly setting: (name: string) => Promise<unknown>;
  readonly clipboard: () => Promise<string>;
}

/** Packs it; it answers as soon as a window has started it. */
export async function packOtherExtension(): Promise<OtherExtension> {
  const { path } = temporaryFolder("other-extension");
  writeFileSync(join(path, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(path, "main.cjs"), program(join(path, "port")));
  writeFileSync(join(path, "README.md"), "# A test's\n");
  const vsix = join(path, "other.vsix");
  const pack = ["package", "--no-dependencies", "--allow-missing-repository", "--skip-license", "-o", vsix];
  const { code, output } = await finishProcess(...toolCommand("@vscode/vsce/vsce", ...pack), { cwd: path });
  if (code !== 0) throw new Error(output);
  const ask = async (what: object): Promise<unknown> => {
    const port = await portOf(join(path, "port"));
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: JSON.stringify(what) });
    return ((await response.json()) as { readonly answer?: unknown }).answer;
  };
  return {
    vsix,
    execute: (command, ...args) => ask({ command, args }),
    executeThrowing: (command, text) => ask({ command, throwing: text }),
    setting: (name) => ask({ setting: name }),
    clipboard: async () => (await ask({ clipboard: true })) as string,
  };
}

const manifest = {
  name: "other",
  publisher: "test",
  version: "1.0.0",
  engines: { vscode: "^1.106.0" },
  main: "./main.cjs",
  activationEvents: ["onStartupFinished"],
  extensionKind: ["workspace"],
  capabilities: { untrustedWorkspaces: { supported: true } },
};

/** Its door is a server on loopback, because a browser window has no other. */
const program = (portFile: string): string => `
const { createServer } = require("node:http");
const { renameSync, writeFileSync } = require("node:fs");
const vscode = require("vscode");

async function answer({ command, args = [], throwing, setting, clipboard }) {
  if (clipboard) return vscode.env.clipboard.readText();
  if (setting !== undefined) return vscode.workspace.getConfiguration().get(setting);
  const fail = () => {
    throw new Error(throwing);
  };
  if (throwing !== undefined) args.push(new Proxy({}, { get: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail }));
  return vscode.commands.executeCommand(command, ...args).then((value) => value, (error) => ({ thrown: String(error) }));
}

exports.activate = (context) => {
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const reply = await answer(JSON.parse(text)).catch((error) => ({ thrown: String(error) }));
    response.end(JSON.stringify({ answer: reply }));
  });
  server.listen(0, "127.0.0.1", () => {
    const file = ${JSON.stringify(portFile)};
    writeFileSync(file + ".new", String(server.address().port));
    renameSync(file + ".new", file);
  });
  context.subscriptions.push({ dispose: () => server.close() });
};
`;

async function portOf(file: string): Promise<string> {
  const deadline = performance.now() + 12_000;
  while (!existsSync(file)) {
    if (performance.now() > deadline)
      throw new Error("the other extension was not started within 12 seconds");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return readFileSync(file, "utf8");
}
