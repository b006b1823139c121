import assert from "node:assert/strict";
import type { Frame } from "playwright-core";

import {
  demoEntry,
  type DemoServer,
  openWithEndpoints,
  pick,
  selectAll,
  startDemoServer,
  until,
  type Workbench,
} from "./openWithEndpoints.ts";
import { changeTheme, type Theme } from "./themes.ts";

const looks = [
  {
    name: "English",
    theme: "dark",
    pictures: { dark: "dark", contrast: "contrast" },
    locale: "en",
    ask: "Qwen: Ask About Selection",
    test: "Qwen: Test Endpoint",
  },
  {
    name: "Chinese",
    theme: "light",
    pictures: { light: "chinese" },
    locale: "zh-cn",
    ask: "Qwen: 就所选内容提问",
    test: "Qwen: 测试端点",
  },
] as const;

for (const { name, theme, pictures, locale, ask, test } of looks) {
  describe(`the window, ${name}`, () => {
    let workbench: Workbench;
    let demo: DemoServer;
    const take = async (what: string, page?: Frame): Promise<void> => {
      for (const [look, suffix] of Object.entries(pictures) as [Theme, string][]) {
        await changeTheme(workbench, look, page);
        await workbench.picture(`${what}-${suffix}`);
      }
    };
    before(async () => {
      demo = await startDemoServer({ tokensPerSecond: 200 });
      const dead = { id: "dead", name: "vLLM", baseUrl: "http://127.0.0.1:1/v1", key: { from: "none" } };
      const comment = locale === "zh-cn" ? "# 求两个数的和，类型由调用方决定" : "# The sum of two numbers";
      const files = { "add.py": `${comment}\ndef add(a, b):\n    return a + b\n` };
      workbench = await openWithEndpoints([demoEntry(demo), dead], { theme, locale, files });
    });
    after(async () => {
      await workbench.close();
      await demo.close();
    });

    it("shows a failed test", async () => {
      await workbench.runCommand(test);
      await pick(workbench, "vLLM");
      const page = await workbench.webviewWith("main");
      await until("the test has ended", async () =>
        (await page.locator("main").innerText()).includes("connect.refused"),
      );
      await page.locator(".finding summary").first().click();
      await page.locator(".evidence-line:visible", { hasText: "ECONNREFUSED" }).first().waitFor();
      await take("failed-test", page);
      const text = await page.locator("main").innerText();
      assert.equal(/[一-鿿]/.test(text), locale === "zh-cn", text);
    });

    it("shows an answer", async () => {
      await selectAll(workbench, "add.py");
      await workbench.runCommand(ask);
      await pick(workbench, "Demo endpoint");
      const page = await workbench.webviewWith("main");
      await until("the run has ended", async () =>
        (await page.locator("main").innerText()).includes(locale === "zh-cn" ? "结束原因" : "Finish reason"),
      );
      await take("answer", page);
    });

    it("shows the tree", async () => {
      await workbench.page.locator(".monaco-list-row", { hasText: "Demo endpoint" }).first().click();
      await workbench.page.locator(".monaco-list-row", { hasText: "demo-chat" }).first().waitFor();
      await take("tree");
    });
  });
}
