import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { putOn, themes, type Theme } from "./site.ts";

/** What axe-core finds wrong with the page as it is, in every theme, each named with it; `seen` is called in each. */
export async function violationsInThemes(
  page: Page,
  seen: (theme: Theme) => Promise<unknown> = () => Promise.resolve(),
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of themes) {
    await putOn(page, theme);
    await seen(theme);
    found.push(...(await violations(page)).map((violation) => `${theme}: ${violation}`));
  }
  return found;
}

async function violations(page: Page): Promise<readonly string[]> {
  if ((await page.evaluate("typeof axe")) === "undefined") {
    await page.evaluate(readFileSync(axe, "utf8"));
  }
  const results = await page.evaluate<AxeResults>(
    "axe.run(document, { preload: false, resultTypes: ['violations'] })",
  );
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
