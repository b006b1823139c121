import assert from "node:assert/strict";

import {
  demoEntry,
  type DemoServer,
  openWithEndpoints,
  pick,
  runOn,
  selectAll,
  startDemoServer,
  until,
  type Workbench,
} from "./openWithEndpoints.ts";

const code = "def add(a, b):\n    return a + b\n\n\nprint(add(1, 2))\n";

describe("Ask About Selection in the window", () => {
  let workbench: Workbench;
  let demo: DemoServer;
  before(async () => {
    demo = await startDemoServer({ tokensPerSecond: 40 });
    const dead = {
      id: "dead",
      name: "vLLM on the GPU box",
      baseUrl: "http://127.0.0.1:1/v1",
      key: { from: "none" },
      models: { chat: "qwen3" },
    };
    workbench = await openWithEndpoints([demoEntry(demo), dead], { files: { "add.py": code } });
    await selectAll(workbench, "add.py");
  });
  after(async () => {
    await workbench.close();
    await demo.close();
  });

  it("opens beside the editor at once and streams, with a Stop button", async () => {
    await runOn(workbench, "Qwen: Ask About Selection", "Demo endpoint");
    const page = await workbench.webviewWith("main");
    await page.getByRole("button", { name: "Stop" }).waitFor();
    const groups = await workbench.page.locator(".editor-group-container").count();
    assert.equal(groups, 2, "the panel has a group of its own beside the text");
    await page.getByText("What arrived").waitFor();
    await workbench.picture("streaming");
  });

  it("ends with its metrics, the reasoning apart and folded", async () => {
    const page = await workbench.webviewWith("main");
    await page.getByRole("button", { name: "Again" }).waitFor();
    const text = await page.locator("main").innerText();
    assert.match(text, /No model wrote this answer/);
    for (const metric of [/first token/i, /tokens\/s/i, /total time/i, /stop/]) {
      assert.match(text, metric);
    }
    assert.equal(await page.locator("details[open]").count(), 0);
    await workbench.picture("answer");
  });

  it("stops on the wire with the Stop button and keeps what had come", async () => {
    const page = await workbench.webviewWith("main");
    await page.getByRole("button", { name: "Again" }).click();
    await page.getByRole("button", { name: "Stop" }).waitFor();
    await page.getByText("Thinking").first().waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await until("the server saw the client leave", () =>
      demo.log.some(({ finished }) => finished === "client-closed"),
    );
    await page.getByRole("button", { name: "Again" }).waitFor();
  });

  it("shows a failure with its fixes in the same panel", async () => {
    await workbench.page.locator(".editor-instance .view-lines").first().click();
    await workbench.page.keyboard.press("Control+A");
    await runOn(workbench, "Qwen: Ask About Selection", "vLLM on the GPU box");
    const page = await workbench.webviewWith("main");
    await page.getByText("Nothing listens on this port").first().waitFor();
    await page.getByRole("button", { name: "Test again" }).waitFor();
  });

  it("shows dimensions, norm and first values of an embedding", async () => {
    await workbench.page.locator(".editor-instance .view-lines").first().click();
    await workbench.page.keyboard.press("Control+A");
    await runOn(workbench, "Qwen: Embed Selection", "Demo endpoint");
    const page = await workbench.webviewWith("main");
    await page.getByText("1,024").first().waitFor();
    await workbench.picture("embedding");
  });

  it("asks for the instruction first with Ask About Selection With", async () => {
    await workbench.page.locator(".editor-instance .view-lines").first().click();
    await workbench.page.keyboard.press("Control+A");
    await workbench.runCommand("Qwen: Ask About Selection With…");
    await pick(workbench, "Write a prompt");
    await workbench.page.locator('.quick-input-widget:visible input[placeholder^="Explain"]').waitFor();
    await workbench.answerQuickInput("What does this do?");
    await workbench.page
      .locator(".quick-input-list .monaco-list-row", { hasText: "Demo endpoint" })
      .first()
      .click();
    const page = await workbench.webviewWith("main");
    await page.getByText("What does this do?").first().waitFor();
  });

  it("takes a prompt that is typed into the list of templates", async () => {
    await workbench.page.locator(".editor-instance .view-lines").first().click();
    await workbench.page.keyboard.press("Control+A");
    await workbench.runCommand("Qwen: Ask About Selection With…");
    await workbench.page.locator(".quick-input-list").getByText("Write a prompt…").first().waitFor();
    await workbench.page.keyboard.type("Is this typed at once?");
    const row = workbench.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "Ask this" });
    await row.getByText("Is this typed at once?").waitFor();
    await workbench.page.keyboard.press("Enter");
    await workbench.page
      .locator(".quick-input-list .monaco-list-row", { hasText: "Demo endpoint" })
      .first()
      .click();
    const page = await workbench.webviewWith("main");
    await page.getByText("Is this typed at once?").first().waitFor();
  });

  it("cancels the request when the panel is closed", async () => {
    const before = demo.log.filter(({ finished }) => finished === "client-closed").length;
    await workbench.page.locator(".tab", { hasText: "Qwen:" }).first().click({ button: "middle" });
    await until(
      "the server saw the client leave",
      () => demo.log.filter(({ finished }) => finished === "client-closed").length > before,
    );
  });
});
