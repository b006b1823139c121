import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { inProject } from "../../dev/paths.ts";
import { launchChromium } from "../../dev/workbench/chromium.ts";
import { openRunPage } from "./support/runPage.ts";
import { comparedAll, finished, runOf } from "./support/runs.ts";
import { startSite, themes, type Site } from "./support/site.ts";
import { anExchange, aReading, keptBytes, modelsExchange } from "./support/wire.ts";

describe("the bytes of a run are for everybody", function () {
  this.timeout(60_000);
  let browser: Browser;
  let site: Site;
  let axe: string;
  before(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    mkdirSync(inProject("out", "pictures"), { recursive: true });
    [browser, site] = await Promise.all([launchChromium(), startSite()]);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  const violations = async (page: Page): Promise<readonly string[]> => {
    const results = await page.evaluate<AxeResults>(
      "axe.run(document, { preload: false, resultTypes: ['violations'] })",
    );
    return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  };

  for (const theme of themes) {
    it(`axe finds nothing in any part of it, ${theme}`, async () => {
      const { handlers } = keptBytes(
        [modelsExchange, anExchange({ replyBody: "data: x\n\n".repeat(10_000), replyCut: 12 })],
        aReading,
      );
      const { page, troubles, close } = await openRunPage(browser, site, {
        snapshot: runOf({}, { answer: "Because.", wire: "kept", end: finished }),
        handlers,
        look: { theme },
        size: { width: 760, height: 900 },
      });
      await page.evaluate(axe);
      await page.getByRole("button", { name: "See what" }).click();
      await page.locator(".sdk-part").waitFor();
      const found = [...(await violations(page))];
      const parts = { Request: ".wire-body", Reply: ".pager", Events: ".events", "OpenAI SDK": ".sdk-part" };
      for (const [part, waitsFor] of Object.entries(parts)) {
        await page.getByRole("radio", { name: new RegExp(`^${part}`) }).check();
        await page.locator(waitsFor).waitFor();
        if (part === "Events") {
          await page.locator(".event-text summary").nth(1).click();
        }
        found.push(...(await violations(page)));
        await page.screenshot({ path: inProject("out", "pictures", `wire ${part} ${theme}.png`) });
      }
      await close();
      assert.deepEqual([found, troubles], [[], []]);
    });

    it(`axe finds nothing in that of a comparison, wide and narrow, ${theme}`, async () => {
      const { handlers } = keptBytes([anExchange()], aReading, ["a", "b", "c", "d"]);
      const columns = comparedAll.columns!.map((column) => ({ ...column, wire: "kept" as const }));
      const found: string[] = [];
      for (const width of [1200, 320]) {
        const { page, troubles, close } = await openRunPage(browser, site, {
          snapshot: { ...comparedAll, columns },
          handlers,
          look: { theme },
          size: { width, height: 900 },
        });
        await page.evaluate(axe);
        await page.locator(".compare-wire summary").click();
        await page.getByRole("radio", { name: "qwen-plus" }).check();
        await page.locator(".wire-body").waitFor();
        await page.getByRole("button", { name: "Edit request" }).scrollIntoViewIfNeeded();
        found.push(...(await violations(page)), ...troubles);
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
        await page.screenshot({ path: inProject("out", "pictures", `compare wire ${width} ${theme}.png`) });
        await close();
      }
      assert.deepEqual(found, []);
    });
  }
});
