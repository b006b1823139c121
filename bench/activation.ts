/**
 * Activation of the built dist/extension.cjs in the extension host of a real VS Code, against an extension that does
 * nothing, in the same host a moment apart; a fresh host each round, and every other round the other one first. Both
 * have manifests that wait for no event, and a main file that takes the time of loading and of `activate` itself. Some of
 * the editor's own extensions are activated before, so that neither pays for what the host does once.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { buildAll } from "../dev/build.ts";
import { inProject, toolCommand } from "../dev/paths.ts";
import { finishProcess } from "../dev/processes.ts";
import { temporaryFolder } from "../dev/temporary.ts";
import { Trouble } from "../dev/trouble.ts";
import { launchChromium } from "../dev/workbench/chromium.ts";
import { startServer } from "../dev/workbench/server.ts";
import { activationMark, type Activation } from "./activationTimes.ts";
import { measured, type Figure, type Suite } from "./figure.ts";

const rounds = 6;
const patienceMs = 60_000;
const [oursId, emptyId] = ["bench.ours", "bench.empty"] as const;

export const activation: Suite = {
  name: "activation",
  title: "activation in a real extension host against an empty extension",
  run: async (say) => {
    await buildAll("production");
    const browser = await launchChromium(say);
    try {
      const empty = await packEmpty(temporaryFolder("empty").path);
      const times: Round[] = [];
      for (let round = 0; round < rounds; round++) {
        times.push(await activateBoth(browser, empty, round, say));
      }
      return figuresOf(times);
    } finally {
      await browser.close();
    }
  },
};

type Round = { readonly ours: Activation; readonly empty: Activation };

function figuresOf(times: readonly Round[]): readonly Figure[] {
  const figure = (what: string, against: string, of: (round: Round) => number): Figure => {
    const unit = against === "" ? "ms" : "times";
    return { suite: "activation", what, against, unit, ...measured(times.map(of)) };
  };
  const inside = ({ loadMs, activateMs }: Activation): number => loadMs + activateMs;
  return [
    figure("extension.activate()", "empty extension", ({ ours, empty }) => ours.outsideMs / empty.outsideMs),
    figure(
      "loading and activate() alone",
      "whole activation of an empty extension",
      ({ ours, empty }) => inside(ours) / empty.outsideMs,
    ),
    figure("(ours, extension.activate())", "", ({ ours }) => ours.outsideMs),
    figure("(ours, of it loading the main file)", "", ({ ours }) => ours.loadMs),
    figure("(ours, of it activate() itself)", "", ({ ours }) => ours.activateMs),
    figure("(empty, extension.activate())", "", ({ empty }) => empty.outsideMs),
  ];
}

/** The window takes one extension under development, which is ours; the empty one is installed. */
async function activateBoth(
  browser: Browser,
  emptyVsix: string,
  round: number,
  say: (line: string) => void,
): Promise<Round> {
  const { path, remove } = temporaryFolder("activation");
  writeOurs(join(path, "ours"));
  writeFileSync(
    join(path, "order.json"),
    JSON.stringify(round % 2 === 0 ? [emptyId, oursId] : [oursId, emptyId]),
  );
  await bundleTests(join(path, "tests.cjs"));
  const server = await startServer({ extensionTests: "allowed", vsix: [emptyVsix], say });
  try {
    const activations = await untilActivated(browser, server, path);
    const named = (name: string): Activation => {
      const found = activations.find(({ id }) => id === name);
      if (found === undefined) throw new Trouble(`The extension host has not activated ${name}.`);
      return found;
    };
    return { ours: named(oursId), empty: named(emptyId) };
  } finally {
    await server.stop();
    remove();
  }
}

async function untilActivated(
  browser: Browser,
  server: { readonly origin: string; readonly port: number },
  folder: string,
): Promise<readonly Activation[]> {
  const page = await browser.newPage();
  const lines: string[] = [];
  await page.exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
    lines.push(args.map(String).join(" "));
  });
  const ended = new Promise<void>((resolve) => {
    setTimeout(resolve, patienceMs).unref();
    void page.exposeFunction("codeAutomationExit", () => resolve());
  });
  await page.goto(addressOf(server, folder));
  await ended;
  await page.close();
  const line = lines.find((each) => each.startsWith(activationMark));
  if (line !== undefined) return JSON.parse(line.slice(activationMark.length)) as readonly Activation[];
  throw new Trouble(`The extension host told no times:\n${lines.slice(-20).join("\n")}`);
}

function addressOf(
  { origin, port }: { readonly origin: string; readonly port: number },
  folder: string,
): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  mkdirSync(join(folder, "workspace"), { recursive: true });
  const payload = [
    ["extensionDevelopmentPath", remote(join(folder, "ours"))],
    ["extensionTestsPath", remote(join(folder, "tests.cjs"))],
  ];
  const query = new URLSearchParams({ folder: join(folder, "workspace"), payload: JSON.stringify(payload) });
  return `${origin}/?${query.toString()}`;
}

type Manifest = Readonly<Record<string, unknown>>;

function writeOurs(target: string): void {
  for (const part of ["dist", "l10n", "media", "package.nls.json", "package.nls.zh-cn.json"]) {
    cpSync(inProject(part), join(target, part), { recursive: true });
  }
  const manifest = JSON.parse(readFileSync(inProject("package.json"), "utf8")) as Manifest;
  write(target, { ...manifest, name: "ours" }, "./dist/extension.cjs");
}

async function packEmpty(folder: string): Promise<string> {
  writeFileSync(join(folder, "empty.cjs"), "exports.activate = () => {};\n");
  write(folder, { name: "empty", version: "1.0.0", engines: { vscode: "^1.106.0" } }, "./empty.cjs");
  const vsix = join(folder, "empty.vsix");
  const options = ["--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", vsix];
  const [command, args] = toolCommand("@vscode/vsce/vsce", "package", ...options);
  const { code, output } = await finishProcess(command, args, { cwd: folder });
  if (code !== 0) throw new Trouble(`The empty extension can not be packed:\n${output}`);
  return vsix;
}

/** Nothing may activate it but the bench: not its own events, and not those that the editor adds for commands and views. */
function write(target: string, manifest: Manifest, main: string): void {
  const quiet = {
    ...manifest,
    publisher: "bench",
    main: "./timed.cjs",
    activationEvents: ["onCommand:bench.never"],
  };
  writeFileSync(join(target, "package.json"), JSON.stringify(quiet, null, 2));
  writeFileSync(join(target, "timed.cjs"), timedMain(main));
}

function timedMain(main: string): string {
  return `const began = performance.now();
const real = require(${JSON.stringify(main)});
const loadMs = performance.now() - began;
exports.activate = (context) => {
  const began = performance.now();
  real.activate(context);
  return { loadMs, activateMs: performance.now() - began };
};
exports.deactivate = () => real.deactivate?.();
`;
}

async function bundleTests(outfile: string): Promise<void> {
  await build({
    absWorkingDir: inProject(),
    entryPoints: ["bench/activationInHost.ts"],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    external: ["vscode"],
    outfile,
    logLevel: "silent",
  });
}
