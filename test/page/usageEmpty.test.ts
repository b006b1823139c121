import assert from "node:assert/strict";
import type { UsageView } from "../../src/shared/usagePanel.ts";
import { aCheckEntry, anAuditEntry } from "../support/usageEntries.ts";
import { eventually } from "./support/eventually.ts";
import type { UsagePage } from "./support/usagePage.ts";
import { ended, viewOf } from "./support/usageViews.ts";
import { useUsagePages } from "./support/usePages.ts";

describe("the page of the usage report, where something is missing", function () {
  const open = useUsagePages();
  let opened: UsagePage;
  const show = async (view: UsageView): Promise<UsagePage> => (opened = await open({ state: ended(view) }));

  for (const [name, view, title, button, asks] of [
    ["nothing was logged yet", viewOf([], { range: "all" }), "Nothing was logged yet", undefined, undefined],
    [
      "nothing was logged in the range",
      viewOf([], { range: 7 }),
      "Nothing was logged in these 7 days",
      "Show all of the log",
      { name: "usage/read", params: { range: "all" } },
    ],
    [
      "the log is off",
      viewOf([], { log: "off" }),
      "The audit log is off",
      "Open its setting",
      { name: "settings/open", params: { setting: "audit.enabled" } },
    ],
  ] as const) {
    it(`says that ${name}`, async () => {
      const { page, asked } = await show(view);
      await page.getByRole("heading", { name: title }).waitFor();
      if (button !== undefined) {
        await page.getByRole("button", { name: button }).click();
        await eventually(() => asked.length === 2);
        assert.deepEqual(asked[1], asks);
      }
    });
  }

  it("says that there were only status checks, and shows them", async () => {
    const { page } = await show(viewOf([aCheckEntry()]));
    await page.getByRole("heading", { name: "Only status checks in this time" }).waitFor();
    await page.getByRole("button", { name: "Show status checks" }).click();
    assert.equal(await page.locator(".totals dd").first().innerText(), "1");
  });

  it("says what is wrong with prices, that the log is off, and what could not be read", async () => {
    const view = viewOf([anAuditEntry()], { log: "off" }, { "qwen-plus": 5 });
    const asked = { ...view.asked, unreadLines: 1_234 };
    const { page } = await show({ ...view, asked });
    await page.getByText("qwen.prices, “qwen-plus”: an object with").waitFor();
    await page.getByText("The audit log is off: new requests are not counted.").waitFor();
    await page.getByText("Lines of the log that could not be read: 1,234").waitFor();
    await page.getByRole("button", { name: "Open prices" }).click();
    await eventually(() => opened.asked.length === 2);
    assert.deepEqual(opened.asked[1], { name: "settings/open", params: { setting: "prices" } });
  });
});
