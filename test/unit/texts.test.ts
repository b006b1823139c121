import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { getL10nJson } from "@vscode/l10n-dev";

const root = new URL("../../", import.meta.url);
type Texts = Readonly<Record<string, string>>;

function read(path: string): Texts {
  return JSON.parse(readFileSync(new URL(path, root), "utf8")) as Texts;
}

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{\d+\}/g)].map(([found]) => found).sort();
}

describe("the texts a person sees", () => {
  const chinese = read("l10n/bundle.l10n.zh-cn.json");
  const english = read("l10n/bundle.l10n.json");

  it("are all in the English bundle, and no others", async () => {
    const files = globSync("src/**/*.{ts,tsx}", { cwd: root }).sort();
    const sources = files.map((file) => ({
      contents: readFileSync(new URL(file, root), "utf8"),
      extension: extname(file),
    }));
    const found = Object.keys(await getL10nJson(sources)).sort();
    assert.deepEqual(found, Object.keys(english).sort(), "run: npm run l10n");
  }).timeout(180_000);

  it("are all in Chinese, and no others", () => {
    assert.deepEqual(Object.keys(chinese).sort(), Object.keys(english).sort());
  });

  it("keep their placeholders in Chinese", () => {
    const different = Object.entries(chinese).filter(
      ([key, text]) => placeholders(key).join() !== placeholders(text).join(),
    );
    assert.deepEqual(different, []);
  });

  it("of the manifest are in both languages, and all used", () => {
    const manifest = readFileSync(new URL("package.json", root), "utf8");
    const used = [...new Set([...manifest.matchAll(/%([\w.]+)%/g)].map(([, key]) => key ?? ""))].sort();
    assert.deepEqual(Object.keys(read("package.nls.json")).sort(), used);
    assert.deepEqual(Object.keys(read("package.nls.zh-cn.json")).sort(), used);
  });
});
