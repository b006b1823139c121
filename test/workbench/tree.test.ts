import assert from "node:assert/strict";

import {
  demoEntry,
  type DemoServer,
  openWithEndpoints,
  startDemoServer,
  until,
  type Workbench,
} from "./openWithEndpoints.ts";

describe("the Endpoints view when nothing is configured", () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWithEndpoints(undefined);
  });
  after(() => workbench.close());

  it("welcomes with three ways to begin", async () => {
    const buttons = workbench.page.locator(".welcome-view-content .monaco-button");
    await buttons.first().waitFor();
    assert.deepEqual(await buttons.allInnerTexts(), [
      "Add Endpoint",
      "Discover Local Endpoints",
      "Start Demo Endpoint",
    ]);
    await workbench.picture("welcome");
  });

  it("hides commands that make no sense from the palette", async () => {
    const { page } = workbench;
    await page.keyboard.press("F1");
    await page.locator(".quick-input-widget:visible input").fill(">Qwen: ");
    const rows = page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: "Add Endpoint" }).first().waitFor();
    const shown = (await rows.allInnerTexts()).join("\n");
    for (const hidden of ["Test Endpoint", "Ask About Selection", "Stop Demo", "Apply Fix", "Send Chat"]) {
      assert.ok(!shown.includes(hidden), `${hidden} is shown:\n${shown}`);
    }
    await page.keyboard.press("Escape");
  });

  it("starts the demo endpoint from its button and shows its models and tasks", async () => {
    await workbench.page.locator(".welcome-view-content .monaco-button", { hasText: "Start Demo" }).click();
    await workbench.treeRow("Endpoints", "Demo (no model)").waitFor();
    await until("the demo is checked", async () =>
      /ms · /.test((await workbench.treeRows("Endpoints"))[0]?.description ?? ""),
    );
    await workbench.treeRow("Endpoints", "Demo (no model)").click();
    await workbench.treeRow("Endpoints", "demo-chat").waitFor();
    const rows = await workbench.treeRows("Endpoints");
    assert.deepEqual(
      rows.slice(1).map(({ label, description }) => `${label}: ${description}`),
      [
        "Qwen Endpoints demo: server",
        "Key: none",
        "demo-chat: chat",
        "demo-embedding: embedding",
        "demo-reranker: rerank",
      ],
    );
  });
});

describe("the Endpoints view", () => {
  let workbench: Workbench;
  let demo: DemoServer;
  let keyed: DemoServer;
  const dead = {
    id: "dead",
    name: "vLLM on the GPU box",
    baseUrl: "http://127.0.0.1:1/v1",
    key: { from: "none" },
  };
  const bad = { id: "bad", name: "Typed by hand", baseUrl: "localhost:8000", keyy: 1 };

  before(async () => {
    demo = await startDemoServer();
    keyed = await startDemoServer({ key: "sk-tree" });
    const locked = demoEntry(keyed, { id: "keyed", name: "DashScope", key: { from: "secret" } });
    workbench = await openWithEndpoints([demoEntry(demo), locked, dead, bad]);
    await until("all are checked", async () =>
      (await workbench.treeRows("Endpoints")).every(({ description }) => !/check/.test(description)),
    );
  });
  after(async () => {
    await workbench.close();
    await Promise.all([demo.close(), keyed.close()]);
  });

  it("shows latency, or the name of what is wrong, and when it was checked", async () => {
    const rows = await workbench.treeRows("Endpoints");
    assert.match(rows[0]?.description ?? "", /^[\d.]+ ms · \d/);
    assert.match(rows[1]?.description ?? "", /key.* · \d/i);
    assert.match(rows[2]?.description ?? "", /^Nothing listens on this port · \d/);
    assert.match(rows[3]?.description ?? "", /baseUrl.*localhost:8000/);
  });

  it("counts what is down in the badge and in the status bar", async () => {
    await until("the badge says 3", async () =>
      (await workbench.page.locator(".activitybar .badge-content").allInnerTexts()).includes("3"),
    );
    const status = workbench.page.locator(".statusbar-item", { hasText: "3 down" });
    assert.equal(await status.count(), 1);
    // What the tree shows is never said in a message as well.
    assert.equal(await workbench.page.locator(".notification-toast").count(), 0);
  });

  it("shows findings with their fixes, and every mistake of a bad entry", async () => {
    await workbench.treeRow("Endpoints", "vLLM on the GPU box").click();
    await workbench.treeRow("Endpoints", "connect.refused").click();
    await workbench.treeRow("Endpoints", "Test again").waitFor();
    await workbench.treeRow("Endpoints", "Typed by hand").click();
    await workbench.treeRow("Endpoints", "unknown key").waitFor();
    await workbench.treeRow("Endpoints", "Demo endpoint").click();
    await workbench.treeRow("Endpoints", "demo-chat").waitFor();
    await workbench.picture("tree");
  });

  it("takes up a hand edit without a reload, and a fixed server by itself on refresh", async () => {
    await workbench.changeSettings({ "qwen.endpoints": [demoEntry(demo, { name: "Renamed" }), bad] });
    await workbench.treeRow("Endpoints", "Renamed").waitFor();
    await until("the others are gone", async () =>
      (await workbench.treeRows("Endpoints")).every(({ label }) => label !== "DashScope"),
    );
    await workbench.changeSettings({ "qwen.endpoints": "not a list" });
    await workbench.treeRow("Endpoints", "qwen.endpoints").waitFor();
    await workbench.changeSettings({ "qwen.endpoints": [demoEntry(demo)] });
    await workbench.treeRow("Endpoints", "Demo endpoint").waitFor();
  });
});
