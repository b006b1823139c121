import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser } from "playwright-core";
import { inProject } from "../../dev/paths.ts";
import { launchChromium } from "../../dev/workbench/chromium.ts";
import type { UsageState } from "../../src/shared/usagePanel.ts";
import { startSite, themes, type Site } from "./support/site.ts";
import { openUsagePage } from "./support/usagePage.ts";
import { ended, somePrices, someWeeks, viewOf } from "./support/usageViews.ts";

const weeks = viewOf(someWeeks(40), {}, { ...somePrices, wrong: 1 });
const days = viewOf(someWeeks(4), { range: 7 }, somePrices);
const states: Readonly<Record<string, UsageState>> = {
  "some weeks": ended(weeks),
  "a reading under way": { range: 90, reading: "under-way", view: days },
  "a failed reading": { range: 90, reading: "failed", reason: "EIO", view: days },
  "nothing yet": ended(viewOf([], { range: "all" })),
  "a log that is off": ended(viewOf([], { log: "off" })),
};

describe("the usage report is for everybody", function () {
  this.timeout(60_000);
  let browser: Browser;
  let site: Site;
  let axe: string;
  before(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    mkdirSync(inProject("out", "pictures"), { recursive: true });
    [browser, site] = await Promise.all([launchChromium(), startSite("usage")]);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  for (const theme of themes) {
    for (const [name, state] of Object.entries(states)) {
      it(`axe finds nothing in ${name}, ${theme}`, async () => {
        const { page, troubles, close } = await openUsagePage(browser, site, {
          state,
          look: { theme },
          size: { width: 1000, height: 900 },
        });
        for (const summary of await page.locator("summary").all()) {
          await summary.click();
        }
        await page.screenshot({ path: inProject("out", "pictures", `usage ${name} ${theme}.png`) });
        await page.evaluate(axe);
        const results = await page.evaluate<AxeResults>(
          "axe.run(document, { preload: false, resultTypes: ['violations'] })",
        );
        const found = results.violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`,
        );
        await close();
        assert.deepEqual([found, troubles], [[], []]);
      });
    }
  }

  it("gives every chart a name and a table", async () => {
    const { page, close } = await openUsagePage(browser, site, { state: ended(weeks) });
    for (const summary of await page.locator("summary").all()) {
      await summary.click();
    }
    await page.locator("table").nth(2).waitFor();
    const charts = await page.getByRole("img").evaluateAll((found) => found.map((each) => each.ariaLabel));
    const captions = await page.locator("caption").allTextContents();
    await close();
    assert.deepEqual(charts, [
      "Requests per day, bars; the numbers are in the table below",
      "Tokens per day, bars; the numbers are in the table below",
      "Latency by Endpoint, percentiles; the numbers are in the table below",
    ]);
    assert.deepEqual(captions, ["Requests per day", "Tokens per day", "Usage by Endpoint"]);
  });

  it("can be used with the keyboard alone, in reading order, with the focus always to be seen", async () => {
    const { page, close } = await openUsagePage(browser, site, { state: ended(weeks) });
    const stops: string[] = [];
    for (;;) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate<{ name: string; ring: string }>(focused);
      if (stop.name === "") {
        break;
      }
      assert.notEqual(stop.ring, "none", stop.name);
      stops.push(stop.name);
    }
    await close();
    assert.deepEqual(stops, keyboardStops);
  });

  it("changes range and grouping with the arrow keys, and unfolds with Enter", async () => {
    const { page, asked, close } = await openUsagePage(browser, site, { state: ended(weeks) });
    await page.getByRole("radio", { name: "Endpoint" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("table", { name: "Usage by Model" }).waitFor();
    await page.getByRole("radio", { name: "30 days" }).focus();
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("button", { name: "Export" }).press("Enter");
    await page.getByRole("button", { name: "This table as CSV" }).press("Enter");
    await page.getByRole("button", { name: "Exported" }).waitFor();
    assert.equal(await page.evaluate("document.activeElement.textContent"), "Exported");
    await close();
    assert.deepEqual(
      asked.map(({ name }) => name),
      ["page/ready", "usage/read", "usage/exportTable"],
    );
  });
});

const focused = `(() => {
  const element = document.activeElement;
  if (element === document.body) return { name: "", ring: "" };
  const name = element.getAttribute("aria-label") ?? element.closest("label")?.innerText ?? element.innerText;
  const drawn = element.matches("input[type=radio]") ? element.nextElementSibling : element;
  return { name: name.trim(), ring: getComputedStyle(drawn).outlineStyle };
})()`;

const keyboardStops = [
  "Refresh",
  "Export",
  "30 days",
  "With status checks",
  "Open prices",
  "Table",
  "Table",
  "Endpoint",
  "Usage by Endpoint",
  "Endpoint",
  "Requests",
  "Errors",
  "Stopped",
  "Input tokens",
  "Output tokens",
  "p50",
  "p95",
  "p99",
  "Cost",
];
