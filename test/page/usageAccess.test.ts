import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { inProject } from "../../dev/paths.ts";
import type { UsageState } from "../../src/shared/usagePanel.ts";
import { violationsInThemes } from "./support/axe.ts";
import { ended, somePrices, someWeeks, viewOf } from "./support/usageViews.ts";
import { useUsagePages } from "./support/usePages.ts";

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
  this.timeout(180_000);
  const open = useUsagePages();
  before(() => mkdirSync(inProject("out", "pictures"), { recursive: true }));

  for (const [name, state] of Object.entries(states)) {
    it(`axe finds nothing in ${name}, in any theme`, async () => {
      const { page } = await open({ state, size: { width: 1000, height: 900 } });
      for (const summary of await page.locator("summary").all()) {
        await summary.click();
      }
      const found = await violationsInThemes(page, (theme) =>
        page.screenshot({ path: inProject("out", "pictures", `usage ${name} ${theme}.png`) }),
      );
      assert.deepEqual(found, []);
    });
  }

  it("gives every chart a name and a table", async () => {
    const { page } = await open({ state: ended(weeks) });
    for (const summary of await page.locator("summary").all()) {
      await summary.click();
    }
    await page.locator("table").nth(2).waitFor();
    const charts = await page.getByRole("img").evaluateAll((found) => found.map((each) => each.ariaLabel));
    const captions = await page.locator("caption").allTextContents();
    assert.deepEqual(charts, [
      "Requests per day, bars; the numbers are in the table below",
      "Tokens per day, bars; the numbers are in the table below",
      "Latency by Endpoint, percentiles; the numbers are in the table below",
    ]);
    assert.deepEqual(captions, ["Requests per day", "Tokens per day", "Usage by Endpoint"]);
  });

  it("can be used with the keyboard alone, in reading order, with the focus always to be seen", async () => {
    const { page } = await open({ state: ended(weeks) });
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
    assert.deepEqual(stops, keyboardStops);
  });

  it("changes range and grouping with the arrow keys, and unfolds with Enter", async () => {
    const { page, asked } = await open({ state: ended(weeks) });
    await page.getByRole("radio", { name: "Endpoint" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("table", { name: "Usage by Model" }).waitFor();
    await page.getByRole("radio", { name: "30 days" }).focus();
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("button", { name: "Export" }).press("Enter");
    await page.getByRole("button", { name: "This table as CSV" }).press("Enter");
    await page.getByRole("button", { name: "Exported" }).waitFor();
    assert.equal(await page.evaluate("document.activeElement.textContent"), "Exported");
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
