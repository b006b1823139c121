/** The layers of docs/architecture.md. A row says who may import whom; `import type` counts as well. */
const layers = {
  core: ["core"],
  shared: ["core", "shared"],
  io: ["core", "io"],
  demo: ["core", "demo"],
  cli: ["core", "shared", "io", "cli"],
  ui: ["core", "shared", "ui"],
  webview: ["core", "shared", "webview"],
};
const all = Object.keys(layers);

const betweenLayers = Object.entries(layers).map(([from, allowed]) => ({
  name: `${from}-imports-only-${allowed.join("-and-")}`,
  severity: "error",
  from: { path: `^src/${from}/` },
  to: { path: `^src/(${all.filter((layer) => !allowed.includes(layer)).join("|")})/|^src/[^/]+\\.ts$` },
}));

module.exports = {
  forbidden: [
    ...betweenLayers,
    {
      name: "the-command-line-wires-core-and-io",
      severity: "error",
      from: { path: "^src/cli\\.ts$" },
      to: { path: "^src/(demo|ui|webview)/|^src/extension\\.ts$" },
    },
    {
      name: "nothing-imports-the-command-line",
      severity: "error",
      from: { path: "^src/(?!cli(/|\\.ts$))" },
      to: { path: "^src/cli(/|\\.ts$)" },
    },
    {
      name: "shared-uses-core-for-types-alone",
      severity: "error",
      from: { path: "^src/shared/" },
      to: { path: "^src/core/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-ui-knows-the-editor",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(ui/|extension\\.ts$)" },
      to: { path: "^(vscode$|node_modules/@types/vscode)" },
    },
    {
      name: "node-only-at-the-rim",
      severity: "error",
      from: { path: "^src/(core|shared|ui|webview)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "openai-and-keytar-only-in-io",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/io/" },
      to: { path: "node_modules/(openai|keytar)/" },
    },
    { name: "no-circles", severity: "error", from: { path: "^src/" }, to: { circular: true } },
    {
      name: "everything-resolves",
      severity: "error",
      from: { path: "^src/" },
      to: { couldNotResolve: true, pathNot: "^vscode$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
    },
  },
};
