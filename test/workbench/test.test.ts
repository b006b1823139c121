import assert from "node:assert/strict";
import type { Frame } from "playwright-core";

import {
  demoEntry,
  type DemoServer,
  openWithEndpoints,
  startDemoServer,
  until,
  type Workbench,
} from "./openWithEndpoints.ts";

describe("Test Endpoint in the window", () => {
  let workbench: Workbench;
  let demo: DemoServer;
  before(async () => {
    demo = await startDemoServer({ tokensPerSecond: 0 });
    const withoutVersion = demoEntry(demo, {
      id: "pasted",
      name: "Pasted URL",
      baseUrl: demo.baseUrl.replace(/\/v1$/, ""),
    });
    const dead = {
      id: "dead",
      name: "vLLM on the GPU box",
      baseUrl: "http://127.0.0.1:1/v1",
      key: { from: "none" },
    };
    workbench = await openWithEndpoints([demoEntry(demo), withoutVersion, dead]);
  });
  after(async () => {
    await workbench.close();
    await demo.close();
  });

  const report = async (text: string): Promise<Frame> => {
    const page = await workbench.webviewWith("main");
    await page.getByText(text).first().waitFor();
    return page;
  };

  it("runs from the row's inline button and shows every rung", async () => {
    await workbench.treeRow("Endpoints", "Demo endpoint").hover();
    await workbench
      .treeRow("Endpoints", "Demo endpoint")
      .locator(`.action-label[aria-label^="Test Endpoint"]`)
      .click();
    const page = await report("Healthy");
    const text = await page.locator("main").innerText();
    for (const rung of [
      "Address",
      "Host name",
      "Connection",
      "TLS",
      "HTTP",
      "Key",
      "Models",
      "Model",
      "Request",
    ]) {
      assert.ok(text.includes(rung), `${rung} is missing in:\n${text}`);
    }
  });

  it("names the rung that failed, the proof, and fixes to click", async () => {
    await workbench.treeRow("Endpoints", "vLLM on the GPU box").hover();
    await workbench
      .treeRow("Endpoints", "vLLM on the GPU box")
      .locator(`.action-label[aria-label^="Test Endpoint"]`)
      .click();
    const page = await report("Stopped at Connection: Nothing listens on this port");
    await page.locator(".evidence-line:visible", { hasText: "ECONNREFUSED" }).first().waitFor();
    await page.getByRole("button", { name: "Test again" }).waitFor();
    await workbench.picture("failed-test");
  });

  it("applies a fix with one click, tests again, and undoes it", async () => {
    await workbench.runCommand("Qwen: Test Endpoint");
    await workbench.page
      .locator(".quick-input-list .monaco-list-row", { hasText: "Pasted URL" })
      .first()
      .click();
    const page = await report("Stopped at");
    await page
      .getByRole("button", { name: `Set base URL to ${demo.baseUrl}` })
      .first()
      .click();
    await report("Healthy");
    await workbench.page.locator(".notification-toast .monaco-button", { hasText: "Undo" }).first().click();
    await workbench.runCommand("Qwen: Test Endpoint");
    await workbench.page
      .locator(".quick-input-list .monaco-list-row", { hasText: "Pasted URL" })
      .first()
      .click();
    await report("Stopped at");
  });

  it("keeps the last findings with the endpoint in the tree", async () => {
    await workbench.treeRow("Endpoints", "vLLM on the GPU box").click();
    await until("the finding is shown", async () =>
      (await workbench.treeRows("Endpoints")).some(({ label }) => label === "Nothing listens on this port"),
    );
  });

  it("tests all endpoints with progress", async () => {
    const before = demo.log.filter(({ method }) => method === "POST").length;
    await workbench.runCommand("Qwen: Test All Endpoints");
    await until(
      "every endpoint got its request",
      () => demo.log.filter(({ method }) => method === "POST").length >= before + 1,
    );
  });
});
