import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { BuildOptions, Plugin } from "esbuild";
import { inProject } from "./paths.ts";

/** `production` is what goes into the VSIX: small and without source maps. */
export type BuildMode = "development" | "production";

/** One esbuild run. Its name is also the name of its metafile in out/meta. */
export type Bundle = { readonly name: string; readonly options: BuildOptions };

/** Every bundle whose sources exist. */
export function bundles(mode: BuildMode): readonly Bundle[] {
  return [...hostBundles(mode), cliBundle(mode), ...pageBundles(mode), ...hostTestBundles()];
}

function hostBundles(mode: BuildMode): readonly Bundle[] {
  const sources = { extension: "src/extension.ts", ...loadedLater };
  return Object.entries(sources)
    .filter(([, source]) => existsSync(inProject(source)))
    .map(([name, source]) => ({
      name,
      options: {
        ...shared(mode),
        ...inHost,
        entryPoints: [source],
        outfile: `dist/${name}.cjs`,
        plugins: [apart],
      },
    }));
}

/** The command line, one file that runs by itself on any Node from 20 on; only the texts lie beside it. */
export function cliBundle(mode: BuildMode): Bundle {
  const options: BuildOptions = {
    ...shared(mode),
    ...inHost,
    target: "node20",
    external: ["keytar"],
    banner: { js: "#!/usr/bin/env node" },
    entryPoints: ["src/cli.ts"],
    outfile: "dist/cli.cjs",
  };
  return { name: "cli", options };
}

/** A page is a folder of src/webview with a main.tsx, and its own main.css if it has one. */
function pageBundles(mode: BuildMode): readonly Bundle[] {
  return foldersOf("src/webview").flatMap((page) => {
    const entries = ["main.tsx", "main.css"]
      .map((file) => `src/webview/${page}/${file}`)
      .filter((file) => existsSync(inProject(file)));
    if (!entries.some((file) => file.endsWith(".tsx"))) return [];
    // esbuild adds .js and .css by itself.
    const entryPoints = entries.map((source) => ({ in: source, out: page }));
    const options = { ...shared(mode), ...inPage, entryPoints, outdir: "dist/webview" };
    return [{ name: `webview-${page}`, options }];
  });
}

function hostTestBundles(): readonly Bundle[] {
  const folder = inProject("test", "host");
  if (!existsSync(join(folder, "index.ts"))) return [];
  const tests = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file === "index.ts" || file.endsWith(".test.ts"))
    .map((file) => join("test", "host", file));
  const external = ["vscode", "mocha", "keytar"];
  return [
    {
      name: "test-host",
      options: {
        ...shared("development"),
        ...inHost,
        external,
        entryPoints: tests,
        outdir: "out/test/host",
        outbase: "test/host",
        outExtension: { ".js": ".cjs" },
        plugins: [],
      },
    },
  ];
}

const inHost: BuildOptions = {
  platform: "node",
  format: "cjs",
  target: "node22",
  external: ["vscode", "keytar"],
  // The extension host loads dist with require; a dynamic import would look for an ES module.
  supported: { "dynamic-import": false },
};

const inPage: BuildOptions = {
  platform: "browser",
  // What a page does not need at once is a chunk of its own; the nonce of the page's script is good for what it imports.
  format: "esm",
  splitting: true,
  chunkNames: "[name]-[hash]",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  external: ["*.png", "*.svg", "*.woff2", "*.ttf"],
};

function shared(mode: BuildMode): BuildOptions {
  return {
    absWorkingDir: inProject(),
    bundle: true,
    minify: mode === "production",
    sourcemap: mode === "development",
    sourcesContent: false,
    legalComments: "none",
    logLevel: "silent",
    define: { "process.env.NODE_ENV": JSON.stringify(mode) },
  };
}

/** What activation does not need is a file of its own, loaded when the first `import()` asks for it. */
const loadedLater = {
  openaiGateway: "src/io/openaiGateway.ts",
  envFile: "src/io/keys/envFile.ts",
  proxyAgent: "src/io/proxyAgent.ts",
  chooseClientCertificate: "src/ui/fixes/chooseClientCertificate.ts",
  demoServer: "src/demo/demoServer.ts",
  diagnosis: "src/core/diagnosis/climb.ts",
  auditCommands: "src/ui/audit/auditCommands.ts",
  auditFiles: "src/io/audit/auditFiles.ts",
  running: "src/ui/commands/running.ts",
  editing: "src/ui/commands/editing.ts",
  moveExposedKeys: "src/ui/fixes/moveExposedKeys.ts",
};

const apart: Plugin = {
  name: "apart",
  setup: (build) => {
    const files = new Map(Object.entries(loadedLater).map(([name, source]) => [basename(source), name]));
    build.onResolve({ filter: /\.ts$/ }, ({ kind, path }) => {
      const name = files.get(basename(path));
      return kind === "dynamic-import" && name !== undefined
        ? { path: `./${name}.cjs`, external: true }
        : undefined;
    });
  },
};

function foldersOf(path: string): readonly string[] {
  if (!existsSync(inProject(path))) return [];
  const entries = readdirSync(inProject(path), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
