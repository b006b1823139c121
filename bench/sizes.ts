/**
 * Bytes of the packaged VSIX and of each bundle in it, minified, against the budgets (test/workbench/budgets.test.ts
 * holds them too); and the ten largest contributors to each bundle with a budget, from esbuild's metafiles.
 */
import { globSync, readFileSync } from "node:fs";
import type { Metafile } from "esbuild";
import { buildAll } from "../dev/build.ts";
import { packQuietly } from "../dev/package.ts";
import { inProject } from "../dev/paths.ts";
import { sizesOf } from "./budgets.ts";
import { measured, type Figure, type Suite } from "./figure.ts";

const shown = 10;

export const sizes: Suite = {
  name: "sizes",
  title: "the packaged VSIX and its bundles against their budgets",
  run: async (say) => {
    await buildAll("production");
    const found = sizesOf(await packQuietly());
    for (const { name } of found.filter(
      ({ name, limit }) => name.startsWith("dist/") && limit !== undefined,
    )) {
      say(`Largest in ${name}, in KB: ${largestIn(name).join(", ")}`);
    }
    return found.map(({ name, bytes, limit }): Figure => {
      const budget = limit === undefined ? {} : { limit: limit / 1024 };
      return { suite: "sizes", what: name, against: "", unit: "KB", ...measured([bytes / 1024]), ...budget };
    });
  },
};

/** Packages as a whole, our own sources by folder. */
function largestIn(output: string): readonly string[] {
  const bytes = new Map<string, number>();
  for (const [input, { bytesInOutput }] of Object.entries(inputsOf(output))) {
    const part = partOf(input);
    bytes.set(part, (bytes.get(part) ?? 0) + bytesInOutput);
  }
  const sorted = [...bytes].toSorted(([, a], [, b]) => b - a).slice(0, shown);
  return sorted.map(([part, size]) => `${part} ${(size / 1024).toFixed(1)}`);
}

function partOf(input: string): string {
  const packageName = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(input)?.[1];
  return packageName ?? input.split("/").slice(0, -1).join("/");
}

function inputsOf(output: string): Metafile["outputs"][string]["inputs"] {
  const outputs = globSync("out/meta/*.json", { cwd: inProject() }).map(
    (file) => (JSON.parse(readFileSync(inProject(file), "utf8")) as Metafile).outputs[output],
  );
  return outputs.find((each) => each !== undefined)?.inputs ?? {};
}
