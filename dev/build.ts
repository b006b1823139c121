import { cpSync, existsSync, globSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  build,
  context,
  formatMessagesSync,
  type BuildFailure,
  type Metafile,
  type Plugin,
  type PluginBuild,
} from "esbuild";
import { bundles, type BuildMode, type Bundle } from "./bundles.ts";
import { inProject } from "./paths.ts";
import { runScript, Trouble } from "./trouble.ts";

/** Builds dist/ (what the VSIX carries), out/test/host (tests for the extension host) and out/meta (what is in them). */
export async function buildAll(mode: BuildMode): Promise<void> {
  copyKeytar();
  const metafiles = await Promise.all(bundles(mode).map(buildOne));
  removeStale(metafiles.flatMap(({ outputs }) => Object.keys(outputs)));
}

async function buildOne(bundle: Bundle): Promise<Metafile> {
  const { metafile } = await build({ ...bundle.options, metafile: true }).catch((error: unknown) => {
    throw new Trouble(`${bundle.name} does not build:\n${describeFailure(error)}`);
  });
  mkdirSync(inProject("out", "meta"), { recursive: true });
  writeFileSync(inProject("out", "meta", `${bundle.name}.json`), JSON.stringify(metafile));
  forbidUndici(bundle.name, metafile);
  return metafile;
}

/** Afterwards and one by one, so that an editor that runs what was built before never finds it gone. */
function removeStale(written: readonly string[]): void {
  const present = globSync(["dist/*.*", "dist/webview/*", "out/test/host/**/*.{cjs,map}"], {
    cwd: inProject(),
  });
  for (const file of present.filter((each) => !written.includes(each.replaceAll("\\", "/"))))
    rmSync(inProject(file));
}

/** A bundled undici passes by the editor's proxy and certificates: docs/architecture.md. */
function forbidUndici(name: string, metafile: Metafile): void {
  const found = Object.keys(metafile.inputs).find((file) => file.includes("node_modules/undici/"));
  if (found !== undefined) throw new Trouble(`The bundle ${name} holds undici (${found}); it must not.`);
}

/** The platforms VS Code runs on; the loader looks in `prebuilds/PLATFORM-ARCH` for nothing else. */
const keytarPlatforms = /^(darwin-(arm64|x64)|linux-(arm|arm64|x64)|win32-(arm64|x64))$/;

function copyKeytar(): void {
  const from = inProject("node_modules", "keytar");
  const to = inProject("dist", "node_modules", "keytar");
  if (!existsSync(from)) return;
  for (const part of ["package.json", "LICENSE.md", "lib"]) {
    cpSync(join(from, part), join(to, part), { recursive: true });
  }
  for (const platform of readdirSync(join(from, "prebuilds")).filter((name) => keytarPlatforms.test(name))) {
    cpSync(join(from, "prebuilds", platform), join(to, "prebuilds", platform), { recursive: true });
  }
}

/** Rebuilds on every change until it is stopped. Each burst of builds lies between two lines that .vscode/tasks.json knows. */
async function watchAll(): Promise<never> {
  copyKeytar();
  const tell = tellBursts();
  const contexts = await Promise.all(
    bundles("development").map(({ options }) =>
      context({ ...options, plugins: [...(options.plugins ?? []), tell] }),
    ),
  );
  await Promise.all(contexts.map((each) => each.watch()));
  return new Promise(() => undefined);
}

function tellBursts(): Plugin {
  let running = 0;
  const setup = (bundle: PluginBuild): void => {
    bundle.onStart(() => {
      if (running === 0) console.log("[watch] build started");
      running += 1;
    });
    bundle.onEnd(({ errors }) => {
      for (const message of formatMessagesSync(errors, { kind: "error" })) console.error(message);
      running -= 1;
      if (running === 0) console.log("[watch] build finished");
    });
  };
  return { name: "tell-bursts", setup };
}

function describeFailure(error: unknown): string {
  if (!isBuildFailure(error)) return String(error);
  return formatMessagesSync(error.errors, { kind: "error" }).join("");
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error;
}

if (import.meta.main) {
  await runScript(async (args) => {
    if (args.includes("--watch")) return watchAll();
    await buildAll(args.includes("--production") ? "production" : "development");
    console.log("Built dist/.");
    return 0;
  });
}
