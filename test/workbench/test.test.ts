import assert from "node:assert/strict";
import type { Frame } from "playwright-core";

import { presets } from "../../src/core/servers/presets.ts";
import {
  demoEntry,
  type DemoServer,
  openWithEndpoints,
  runOn,
  startDemoServer,
  until,
  type Workbench,
} from "./openWithEndpoints.ts";

describe("Test Endpoint in the window", () => {
  let workbench: Workbench;
  let demo: DemoServer;
  before(async () => {
    demo = await onUsualPort();
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
    await workbench.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  });
  after(async () => {
    await workbench.close();
    await demo.close();
  });

  const report = async (text: string): Promise<Frame> => {
    const page = await workbench.webviewWith(`main:has-text(${JSON.stringify(text)})`);
    await page.getByText(text).first().waitFor();
    return page;
  };

  it("runs from the row's inline button and shows every rung", async () => {
    // A row that is drawn anew between press and release takes no click, and the first check draws it anew.
    await workbench.treeRow("Endpoints", "Demo endpoint").filter({ hasText: " ms" }).waitFor();
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
      "Chat",
      "Embedding",
      "Rerank",
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
    await page.locator(".finding summary", { hasText: "Evidence" }).first().click();
    await page.locator(".evidence-line:visible", { hasText: "ECONNREFUSED" }).first().waitFor();
    await page.locator(".fixes").getByRole("button", { name: "Test again" }).waitFor();
    await page
      .locator(".fix-detail", { hasText: `→ ${demo.baseUrl}` })
      .first()
      .waitFor();
    await workbench.picture("failed-test");
  });

  it("finds the port that the server really listens on, and mends the address with one click", async () => {
    await runOn(workbench, "Qwen: Test Endpoint", "vLLM on the GPU box");
    const page = await report("Stopped at Connection");
    await page.locator(".fixes").getByRole("button").first().click();
    await report("Healthy");
    await workbench.page.locator(".notification-toast .monaco-button", { hasText: "Undo" }).first().click();
    await report("Stopped at Connection");
  });

  it("unfolds a step to the bytes on the wire", async () => {
    await runOn(workbench, "Qwen: Test Endpoint", "Demo endpoint");
    const page = await report("Healthy");
    await page.locator("summary.rung-row", { hasText: "HTTP" }).click();
    await page.locator(".exchange > summary", { hasText: "/v1/models" }).first().click();
    await page.locator(".wire-body", { hasText: "demo-chat" }).first().waitFor();
    await workbench.picture("exchange");
  });

  it("copies the report as JSON, and as Markdown in the other language", async () => {
    const page = await report("Healthy");
    const copied = async (form: string): Promise<string> => {
      await page.getByRole("button", { name: "Copy report" }).click();
      await page.getByRole("button", { name: form }).click();
      await page.getByRole("button", { name: "Copied" }).waitFor();
      return workbench.page.evaluate<string>("navigator.clipboard.readText()");
    };
    const json = JSON.parse(await copied("JSON")) as { verdict: string; rungs: unknown[] };
    assert.equal(json.verdict, "healthy");
    assert.ok(json.rungs.length > 9);
    await page.getByRole("button", { name: "Copy report" }).waitFor();
    assert.match(await copied("中文"), /测试深度/);
  });

  it("applies a fix with one click, tests again, and undoes it", async () => {
    await runOn(workbench, "Qwen: Test Endpoint", "Pasted URL");
    const page = await report("Stopped at");
    await page
      .locator(".fix-detail", { hasText: `→ ${demo.baseUrl}` })
      .first()
      .waitFor();
    await page
      .getByRole("button", { name: `Set base URL to ${demo.baseUrl}` })
      .first()
      .click();
    await report("Healthy");
    await workbench.page.locator(".notification-toast .monaco-button", { hasText: "Undo" }).first().click();
    // Taking a change back tests the endpoint again, as making it did.
    await report("Stopped at");
  });

  it("keeps the last findings with the endpoint in the tree", async () => {
    await workbench.treeRow("Endpoints", "vLLM on the GPU box").click();
    await until("the finding is shown", async () =>
      (await workbench.treeRows("Endpoints")).some(({ label }) => label === "Nothing listens on this port"),
    );
  });

  it("tests all endpoints at once into a table, from which the reports open", async () => {
    await workbench.runCommand("Qwen: Test All Endpoints");
    const table = await report("3 endpoints: 2 failed");
    assert.deepEqual(await table.getByRole("rowheader").allInnerTexts(), [
      "Pasted URL",
      "vLLM on the GPU box",
      "Demo endpoint",
    ]);
    await workbench.picture("all-tests");
    await table.locator(".stage").getByRole("button", { name: "vLLM on the GPU box" }).click();
    await report("Stopped at Connection: Nothing listens on this port");
  });
});

/** Where a test of a dead port looks for the server: on the first port of a known server that is free here. */
async function onUsualPort(): Promise<DemoServer> {
  for (const port of presets.flatMap(({ localPort }) => localPort ?? [])) {
    const started = await startDemoServer({ port, tokensPerSecond: 0 }).catch(() => undefined);
    if (started !== undefined) return started;
  }
  throw new Error("Every port of a known server is taken on this machine.");
}
