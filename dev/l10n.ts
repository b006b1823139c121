import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import { getL10nJson } from "@vscode/l10n-dev";
import { inProject } from "./paths.ts";
import { runScript } from "./trouble.ts";

type Bundle = Readonly<Record<string, unknown>>;

const english = inProject("l10n", "bundle.l10n.json");
const chinese = inProject("l10n", "bundle.l10n.zh-cn.json");

await runScript(async () => {
  const bundle = await readSources();
  writeFileSync(english, `${JSON.stringify(bundle, null, 2)}\n`);
  console.log(`${Object.keys(bundle).length} strings in l10n/bundle.l10n.json`);

  const translated: Bundle = existsSync(chinese) ? (JSON.parse(readFileSync(chinese, "utf8")) as Bundle) : {};
  const missing = Object.keys(bundle).filter((key) => !(key in translated));
  const unused = Object.keys(translated).filter((key) => !(key in bundle));
  list("Missing in l10n/bundle.l10n.zh-cn.json", missing);
  list("No longer used in l10n/bundle.l10n.zh-cn.json", unused);
  return missing.length > 0 ? 1 : 0;
});

/** Every string that the sources give to `l10n.t`, sorted, so that two people's changes merge. */
async function readSources(): Promise<Bundle> {
  const files = globSync("src/**/*.{ts,tsx}", { cwd: inProject() }).sort();
  const sources = files.map((file) => ({
    contents: readFileSync(inProject(file), "utf8"),
    extension: extname(file),
  }));
  const found = await getL10nJson(sources);
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function list(title: string, keys: readonly string[]): void {
  if (keys.length === 0) return;
  console.log(`\n${title} (${keys.length}):`);
  for (const key of keys) console.log(`  ${JSON.stringify(key)}`);
}
