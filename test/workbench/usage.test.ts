import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame } from "playwright-core";

import { someWeeks } from "../page/support/usageViews.ts";
import {
  demoEntry,
  type DemoServer,
  openWithEndpoints,
  selectAll,
  startDemoServer,
  until,
  type Workbench,
} from "./openWithEndpoints.ts";
import { changeTheme, type Theme } from "./themes.ts";

const prices = {
  "demo-chat": { input: 0.8, output: 2, currency: "CNY" },
  "qwen-plus": { input: 0.8, output: 2, currency: "CNY" },
  "qwen3-max": { input: 3.2, output: 12.8, currency: "CNY" },
};

describe("Show Usage Report in the window", () => {
  let workbench: Workbench;
  let demo: DemoServer;
  before(async () => {
    demo = await startDemoServer({ tokensPerSecond: 0 });
    workbench = await openWithEndpoints([demoEntry(demo)], {
      theme: "light",
      files: { "note.txt": "What is an endpoint?\n" },
      settings: { "qwen.prices": prices, "files.simpleDialog.enable": true },
    });
  });
  after(async () => {
    await workbench.close();
    await demo.close();
  });

  it("counts what was sent, by model, with its tokens and its cost", async () => {
    await selectAll(workbench, "note.txt");
    await workbench.runCommand("Qwen: Ask About Selection");
    const run = await workbench.webviewWith(".metrics");
    await run.getByText("Finish reason").waitFor();
    await workbench.runCommand("Qwen: Show Usage Report");
    const page = await workbench.webviewWith(".totals");
    await page.locator(".groups .segmented label", { hasText: "Model" }).click();
    const row = page.locator(".groups tbody tr", { hasText: "demo-chat" });
    assert.equal(await row.locator("td").first().innerText(), "1");
    assert.match(await row.locator("td").last().innerText(), /^CN¥0\.0/);
    assert.equal(await page.locator(".time-figure .chart svg").count(), 2);
  });

  it("exports the table as CSV", async () => {
    const page = await workbench.webviewWith(".totals");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("button", { name: "This table as CSV" }).click();
    const file = join(workbench.folder, "usage.csv");
    // The dialog writes its own suggestion into the input some time after it opens.
    const input = workbench.page.locator(".quick-input-widget:visible input").first();
    await until("the dialog suggests a name", async () => (await input.inputValue()).endsWith(".csv"));
    await workbench.answerQuickInput(file);
    await until("the file is written", () => existsSync(file));
    const [header = "", first = ""] = readFileSync(file, "utf8").split("\r\n");
    assert.match(header, /^\ufeffmodel,requests,errors,/);
    assert.match(first, /^demo-chat,1,0,0,\d+,\d+,/);
  });
});

for (const { pictures, locale, command, title } of [
  {
    pictures: { light: "usage", dark: "usage-dark", contrast: "usage-contrast" },
    locale: "en",
    command: "Qwen: Show Usage Report",
    title: "Usage",
  },
  { pictures: { light: "usage-chinese" }, locale: "zh-cn", command: "Qwen: 显示用量报告", title: "用量" },
] as const) {
  describe(`the usage report of some weeks, ${locale}`, () => {
    let workbench: Workbench;
    before(async () => {
      const elsewhere = { id: "gpu-box", baseUrl: "http://127.0.0.1:1/v1", checkEverySeconds: 0 };
      workbench = await openWithEndpoints([elsewhere], {
        theme: "light",
        locale,
        height: 900,
        settings: { "qwen.prices": prices },
      });
      writeLog(
        join(workbench.server.dataFolder, "data", "User", "globalStorage", "qwen-endpoints.qwen-endpoints"),
      );
    });
    after(() => workbench.close());

    it("shows sums, charts and tables", async () => {
      await workbench.runCommand(command);
      const page: Frame = await workbench.webviewWith(".range-plot svg");
      assert.equal(await page.locator("h1").innerText(), title);
      await page.locator(".groups .segmented label").nth(1).click();
      await page.locator(".groups tbody tr", { hasText: "Qwen3-8B" }).waitFor();
      await workbench.press("Control+B");
      await workbench.page.mouse.move(640, 880);
      for (const [theme, name] of Object.entries(pictures) as [Theme, string][]) {
        await changeTheme(workbench, theme, page);
        await workbench.picture(name);
      }
      const text = await page.locator("main").innerText();
      assert.equal(/[一-鿿]/.test(text), locale === "zh-cn", text);
    });
  });
}

/** Six weeks of requests up to now, as if they had been sent; the log's parts are named after their first day. */
function writeLog(storage: string): void {
  const shift = Date.now() - Date.parse("2026-11-21T15:30:00Z");
  const lines = someWeeks(40).map((entry) =>
    JSON.stringify({ ...entry, time: new Date(Date.parse(entry.time) + shift).toISOString() }),
  );
  const folder = join(storage, "audit");
  mkdirSync(folder, { recursive: true });
  const first = new Date(Date.now() - 41 * 24 * 3_600_000).toISOString().slice(0, 10);
  writeFileSync(join(folder, `audit-${first}-seeded.001.jsonl`), `${lines.join("\n")}\n`);
}
