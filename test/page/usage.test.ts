import assert from "node:assert/strict";
import type { UsageState } from "../../src/shared/usagePanel.ts";
import { aCheckEntry, anAuditEntry } from "../support/usageEntries.ts";
import { eventually } from "./support/eventually.ts";
import type { UsagePage, UsagePageOptions } from "./support/usagePage.ts";
import { ended, somePrices, someWeeks, viewOf } from "./support/usageViews.ts";
import { useUsagePages } from "./support/usePages.ts";

describe("the page of the usage report", function () {
  const open = useUsagePages();
  let opened: UsagePage;
  const show = async (state: UsageState, options: Partial<UsagePageOptions> = {}): Promise<UsagePage> =>
    (opened = await open({ state, ...options }));

  const chat = anAuditEntry({ endpoint: "gpu-box", model: "Qwen3-8B", durationMs: 2_000 });
  const failed = anAuditEntry({ endpoint: "cloud", model: "qwen-plus", status: 503, durationMs: 9 });
  const today = anAuditEntry({ time: "2026-11-21T08:00:00Z", endpoint: "gpu-box", task: "embedding" });
  const small = [chat, chat, failed, today, aCheckEntry()];

  const totals = async (): Promise<Readonly<Record<string, string>>> =>
    Object.fromEntries(
      await opened.page
        .locator(".totals > div")
        .evaluateAll((figures) =>
          figures.map((figure) => [
            figure.querySelector("dt")?.textContent ?? "",
            figure.querySelector("dd")?.textContent ?? "",
          ]),
        ),
    );
  const rows = async (): Promise<readonly (readonly string[])[]> =>
    opened.page
      .locator(".groups tbody tr")
      .evaluateAll((found) => found.map((row) => [...row.children].map((cell) => cell.textContent)));
  const firstCells = async (): Promise<readonly (string | undefined)[]> =>
    (await rows()).map(([name]) => name);

  it("says when, how many, how long and what it cost", async () => {
    await show(ended(viewOf(small, {}, { "qwen-plus": { input: 1_000, output: 0, currency: "CNY" } })));
    assert.equal(await opened.page.locator(".state").innerText(), "Oct 23 – Nov 21, 2026");
    assert.deepEqual(await totals(), {
      Requests: "4",
      Errors: "125%",
      "Input tokens": "400",
      "Output tokens": "200",
      "Median latency": "2.00 s",
      "p95 latency": "2.00 s",
      Cost: "≥ CN¥0.10",
    });
    await opened.page.getByText("Requests without a price, not in the cost: 3").waitFor();
    await opened.page.getByText("Status checks left out: 1").waitFor();
  });

  it("draws requests and tokens of every day, with the table below", async () => {
    const { page } = await show(ended(viewOf(small)));
    await page
      .getByRole("img", { name: "Requests per day, bars; the numbers are in the table below" })
      .waitFor();
    const charts = page.locator(".time-figure");
    assert.equal(await charts.first().locator(".slot").count(), 30);
    assert.deepEqual(
      [
        await charts.first().locator(".slot .mark-requests").count(),
        await charts.first().locator(".slot .mark-errors").count(),
      ],
      [2, 1],
    );
    assert.equal(
      await charts.first().locator(".slot title").last().textContent(),
      "Nov 21, 2026\nSucceeded: 1\nErrors: 0",
    );
    for (const [index, expected] of [
      ["Nov 21, 2026 1 0", "Nov 20, 2026 2 1"],
      ["Nov 21, 2026 100 50", "Nov 20, 2026 300 150"],
    ].entries()) {
      await charts.nth(index).locator("summary").click();
      const table = charts.nth(index).locator("table tbody tr");
      await table.first().waitFor();
      const found = (await table.allInnerTexts()).map((row) => row.replace(/\s+/g, " ").trim());
      assert.deepEqual(found, expected);
    }
  });

  it("groups by endpoint, model, task, key and day", async () => {
    const { page } = await show(ended(viewOf(small)));
    assert.deepEqual(await rows(), [
      ["gpu-box", "3", "0", "300", "150", "2.00 s", "2.00 s", "2.00 s"],
      ["cloud", "1", "1", "100", "50", "–", "–", "–"],
    ]);
    for (const [grouping, names] of [
      ["Model", ["Qwen3-8B", "qwen-plus"]],
      ["Task", ["Chat", "Embedding"]],
      ["Key", ["secret …91c4"]],
      ["Day", ["Nov 21, 2026", "Nov 20, 2026"]],
    ] as const) {
      await page.locator(".groups .segmented label", { hasText: grouping }).click();
      await page.locator("th button", { hasText: grouping }).waitFor();
      assert.deepEqual(await firstCells(), names);
    }
  });

  it("draws latencies in the order of the table, and says so where it draws only the first", async () => {
    const many = Array.from({ length: 15 }, (_, index) =>
      anAuditEntry({ model: `model-${String(index).padStart(2, "0")}`, durationMs: 10 ** (index % 5) }),
    );
    const { page } = await show(ended(viewOf(many)));
    await page.locator(".groups .segmented label", { hasText: "Model" }).click();
    await page.getByRole("img", { name: "Latency by Model, percentiles" }).waitFor();
    await page.getByText("first 12 of 15").waitFor();
    assert.equal(await page.locator(".range-plot .slot").count(), 12);
    await page.locator("th button", { hasText: "Model" }).click();
    await page.locator("th button", { hasText: "Model" }).click();
    assert.equal((await page.locator(".range-names li").allInnerTexts())[0], "model-14");
  });

  it("sorts by a click on a column, and says how it is sorted", async () => {
    const { page } = await show(ended(viewOf(small)));
    const header = page.locator("th", { has: page.locator("button", { hasText: "Errors" }) });
    await header.locator("button").click();
    assert.deepEqual(await firstCells(), ["cloud", "gpu-box"]);
    assert.equal(await header.getAttribute("aria-sort"), "descending");
    await header.locator("button").click();
    assert.deepEqual(await firstCells(), ["gpu-box", "cloud"]);
    assert.equal(await header.getAttribute("aria-sort"), "ascending");
  });

  it("counts status checks where told to", async () => {
    const { page } = await show(ended(viewOf(small)));
    await page.getByLabel("With status checks").check();
    assert.equal((await totals())["Requests"], "5");
    assert.equal(await page.getByText("Status checks left out").count(), 0);
  });

  it("asks for another range, a refresh, an export of the table as it is shown, and of all lines", async () => {
    const { page, asked } = await show(ended(viewOf(small)));
    await page.locator(".segmented label", { hasText: "90 days" }).click();
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.locator(".groups .segmented label", { hasText: "Key" }).click();
    await page.getByLabel("With status checks").check();
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("button", { name: "This table as CSV" }).click();
    await page.getByRole("button", { name: "Exported" }).click();
    await page.getByRole("button", { name: "Every line of the log" }).click();
    await eventually(() => asked.length === 5);
    assert.deepEqual(asked.slice(1), [
      { name: "usage/read", params: { range: 90 } },
      { name: "usage/read", params: { range: 30 } },
      {
        name: "usage/exportTable",
        params: {
          grouping: "key",
          sort: { column: "requests", direction: "descending" },
          backgroundChecks: "counted",
        },
      },
      { name: "usage/exportLines", params: null },
    ]);
  });

  it("says why an export failed", async () => {
    const exportTable = (): Promise<never> => Promise.reject(new Error("EROFS: read-only file system"));
    const { page } = await show(ended(viewOf(small)), { handlers: { "usage/exportTable": exportTable } });
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("button", { name: "This table as CSV" }).click();
    await page.getByRole("alert").getByText("EROFS: read-only file system").waitFor();
  });

  it("tells its zone, then how far the reading is, and stops it", async () => {
    const { page, host, asked } = await show(ended(viewOf(small)), { timeZone: "Asia/Shanghai" });
    assert.deepEqual(asked[0], { name: "page/ready", params: { timeZone: "Asia/Shanghai" } });
    host.emit("usage/changed", { range: 90, reading: "under-way", view: viewOf(small) });
    await page.getByText("Reading 0%").waitFor();
    host.emit("usage/progress", { done: 0.342 });
    await page.getByText("Reading 34%").waitFor();
    assert.equal((await totals())["Requests"], "4");
    await page.getByRole("button", { name: "Stop" }).click();
    await eventually(() => asked.some(({ name }) => name === "usage/stop"));
    host.emit("usage/changed", { range: 30, reading: "stopped", view: viewOf(small) });
    await page.getByRole("button", { name: "Refresh" }).waitFor();
  });

  it("says that the first reading was stopped", async () => {
    const { page } = await show({ range: 30, reading: "stopped" });
    await page.getByText("The reading was stopped").waitFor();
    await page.getByRole("button", { name: "Refresh" }).waitFor();
  });

  it("says why the log could not be read, and keeps what it showed", async () => {
    const { page } = await show({ range: 30, reading: "failed", reason: "EIO", view: viewOf(small) });
    await page.getByRole("alert").getByText("The audit log could not be read: EIO").waitFor();
    assert.equal((await totals())["Requests"], "4");
  });

  it("shows a name from outside as text, whatever is in it", async () => {
    const name = '<img src=x onerror="toTest(1)">\u202e';
    const { page } = await show(ended(viewOf([anAuditEntry({ endpoint: name })])));
    assert.deepEqual(await firstCells(), ['<img src=x onerror="toTest(1)">[U+202E]']);
    assert.equal(await page.locator("img").count(), 0);
  });

  it("counts months where days would be too many to tell apart", async () => {
    const old = anAuditEntry({ time: "2024-02-03T10:00:00Z" });
    const { page } = await show(ended(viewOf([old, ...small], { range: "all" })));
    await page.getByRole("heading", { name: "Requests per month" }).waitFor();
    const slots = page.locator(".time-figure").first().locator(".slot title");
    assert.equal(await slots.count(), 34);
    assert.match((await slots.first().textContent()) ?? "", /^Feb 2024\nSucceeded: 1/);
    assert.match((await slots.last().textContent()) ?? "", /^Nov 2026\nSucceeded: 3/);
  });

  it("writes numbers, days and money as the window's language does", async () => {
    const view = viewOf(someWeeks(40), {}, somePrices);
    const { page } = await show(ended(view), { look: { language: "de" } });
    assert.match(await page.locator(".state").innerText(), /^23\. Okt\. – 21\. Nov\. 2026$/);
    assert.match((await totals())["Input tokens"] ?? "", /^\d{3}\.\d{3}$/);
    assert.match((await totals())["Cost"] ?? "", /€|\$|CN¥/);
  });

  for (const width of [300, 400, 1400]) {
    it(`is not wider than the window at ${width} pixels`, async () => {
      const long = anAuditEntry({ endpoint: "x".repeat(120), inputTokens: 123_456_789, durationMs: 98_765 });
      const { page } = await show(ended(viewOf([long, ...someWeeks(40)], {}, somePrices)), {
        size: { width, height: 800 },
      });
      await page.locator(".range-plot svg").waitFor();
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
      const charts = await page
        .locator(".chart")
        .evaluateAll((boxes) => boxes.every((box) => box.scrollWidth <= box.clientWidth));
      assert.equal(charts, true);
    });
  }

  it("draws 1,000 groups and 365 days without a pause one would notice", async () => {
    const log = Array.from({ length: 4_000 }, (_, index) =>
      anAuditEntry({
        time: new Date(Date.parse("2026-11-21T10:00:00Z") - (index % 365) * 24 * 3_600_000).toISOString(),
        model: `model-${index % 1_000}`,
        durationMs: index % 1_000 === 999 ? 90_000 : 1 + index,
      }),
    );
    const { page, host } = await show(ended(viewOf(small)));
    host.emit("usage/changed", ended(viewOf(log, { range: "all" })));
    await page.locator(".time-figure .slot").nth(364).waitFor({ state: "attached" });
    await page.locator(".groups .segmented label", { hasText: "Model" }).click();
    assert.equal(await page.locator(".groups tbody tr").count(), 100);
    await page.getByRole("button", { name: "Show all 1,000" }).click();
    assert.equal(await page.locator(".groups tbody tr").count(), 1_000);
    await page.locator("th button", { hasText: "p95" }).click();
    assert.equal((await firstCells())[0], "model-999");
  });
});
