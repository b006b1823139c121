import assert from "node:assert/strict";

import {
  demoEntry,
  type DemoServer,
  openWithEndpoints,
  pick,
  runOn,
  startDemoServer,
  until,
  type Workbench,
} from "./openWithEndpoints.ts";

const key = "sk-workbench-test-91c4e2";

describe("adding an endpoint and its key in the window", () => {
  let workbench: Workbench;
  let demo: DemoServer;
  before(async () => {
    demo = await startDemoServer({ key, tokensPerSecond: 0 });
    workbench = await openWithEndpoints([
      demoEntry(demo, { id: "locked", name: "Locked", key: { from: "secret" } }),
    ]);
  });
  after(async () => {
    await workbench.close();
    await demo.close();
  });

  it("names a missing key and stores one, cleaned, with Set API Key", async () => {
    await until("the key is missed", async () =>
      /key/i.test((await workbench.treeRows("Endpoints"))[0]?.description ?? ""),
    );
    await workbench.runCommand("Qwen: Set API Key");
    await workbench.answerQuickInput(` Bearer ${key} `);
    await until("the check passes", async () =>
      /ms · /.test((await workbench.treeRows("Endpoints"))[0]?.description ?? ""),
    );
  });

  it("tests with it, and shows it nowhere", async () => {
    await workbench.runCommand("Qwen: Test Endpoint");
    const page = await workbench.webviewWith("main");
    await page.getByText("Healthy").first().waitFor();
    assert.ok(!(await page.content()).includes(key));
    assert.ok(!(await workbench.page.content()).includes(key));
  });

  it("adds a pasted URL step by step, and the last step tests it", async () => {
    await workbench.runCommand("Qwen: Add Endpoint");
    const input = workbench.page.locator(".quick-input-widget:visible input").first();
    await input.fill(`${demo.baseUrl}/chat/completions`);
    await pick(workbench, `Use ${demo.baseUrl}`);
    await pick(workbench, "Enter a key");
    await workbench.answerQuickInput(key);
    await workbench.page
      .locator(".quick-input-list .monaco-list-row", { hasText: "demo-chat" })
      .first()
      .waitFor();
    await workbench.picture("add-models");
    await workbench.page
      .locator(".quick-input-widget:visible .monaco-button", { hasText: "OK" })
      .first()
      .click();
    const host = new URL(demo.baseUrl).host;
    await workbench.treeRow("Endpoints", host).waitFor();
    const page = await workbench.webviewWith("main");
    await page.getByText(host).first().waitFor();
    await page.getByText("Healthy").first().waitFor();
  });

  it("clears a key", async () => {
    await runOn(workbench, "Qwen: Clear API Key", "Locked");
    await workbench.page.locator(".monaco-dialog-box .monaco-button", { hasText: "Clear" }).click();
    await until("the key is missed again", async () =>
      /key/i.test((await workbench.treeRows("Endpoints"))[0]?.description ?? ""),
    );
  });

  it("writes the key into no log", async () => {
    await workbench.runCommand("Qwen: Show Log");
    await workbench.page.locator(".part.panel").waitFor();
    assert.ok(!(await workbench.page.content()).includes(key));
    assert.ok(!workbench.server.log().includes(key));
  });
});
