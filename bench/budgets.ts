import { statSync } from "node:fs";
import { vsixEntries } from "./vsixEntries.ts";

/** One file of the VSIX, or the whole, with the most bytes it may have; without a limit it is only told. */
export type Size = { readonly name: string; readonly bytes: number; readonly limit?: number };

const kilobyte = 1024;
const limits = { main: 200 * kilobyte, page: 250 * kilobyte, vsix: 3 * 1024 * kilobyte };

/** The sizes that a person downloads and an editor loads, as they are in a packaged VSIX. The VSIX itself comes last. */
export function sizesOf(vsix: string): readonly Size[] {
  const bundled = vsixEntries(vsix)
    .map(({ path, bytes }) => ({ name: path.replace(/^extension\//, ""), bytes }))
    .filter(({ name }) => /^dist\/([^/]+\.cjs|webview\/[^/]+\.(js|css))$/.test(name))
    .map((size) => ({ ...size, ...limitOf(size.name) }));
  return [...bundled, { name: "the VSIX", bytes: statSync(vsix).size, limit: limits.vsix }];
}

function limitOf(name: string): { readonly limit?: number } {
  if (name === "dist/extension.cjs") return { limit: limits.main };
  return name.endsWith(".js") ? { limit: limits.page } : {};
}
