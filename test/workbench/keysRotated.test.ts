import assert from "node:assert/strict";

import {
  demoEntry,
  type DemoServer,
  openWithEndpoints,
  pick,
  startDemoServer,
  until,
  type Workbench,
} from "./openWithEndpoints.ts";
import { pictures } from "./themes.ts";

const wrong = "sk-workbench-wrong-1d6b-wwww";
const old = "sk-workbench-old-58e0-oooo";
const fresh = "sk-workbench-new-c37f-nnnn";

describe("a key from its first day to its last", () => {
  let workbench: Workbench;
  let demo: DemoServer;
  const keyRow = async (): Promise<string> =>
    (await workbench.treeRows("Endpoints")).find(({ label }) => label === "Key")?.description ?? "";
  const dialog = (): ReturnType<Workbench["page"]["locator"]> => workbench.page.locator(".monaco-dialog-box");
  const input = (): ReturnType<Workbench["page"]["locator"]> =>
    workbench.page.locator(".quick-input-widget:visible");

  before(async () => {
    demo = await startDemoServer({ key: fresh, tokensPerSecond: 0 });
    const entry = demoEntry(demo, { name: "Team server", key: { from: "secret" } });
    workbench = await openWithEndpoints([entry]);
    await workbench.page.locator(".monaco-list-row", { hasText: "Team server" }).first().click();
  });
  after(async () => {
    await workbench.close();
    await demo.close();
  });

  it("says below the endpoint that there is none", () =>
    until("the row of the key", async () => (await keyRow()) === "secret · missing"));

  it("says what it removes while one types, and afterwards", async () => {
    await workbench.runCommand("Qwen: Set API Key");
    await input().getByText("API key for Team server").waitFor();
    await input().locator("input").first().fill(` Bearer "${wrong}" `);
    await input()
      .getByText("Will be removed: spaces and line breaks, quotation marks, the word Bearer")
      .waitFor();
    await pictures(workbench, "key-cleaned");
    await workbench.press("Enter");
    await workbench.page.getByText("Removed from around the key").first().waitFor();
    await until("its last four characters", async () => /^secret …wwww · set \d/.test(await keyRow()));
  });

  it("is replaced, and shown by its last four characters alone", async () => {
    await workbench.runCommand("Qwen: Set API Key");
    await input()
      .getByText(/Replaces …wwww, set \d{4}-/)
      .waitFor();
    await workbench.answerQuickInput(old);
    await until("the new last four", async () => /^secret …oooo · set \d/.test(await keyRow()));
  });

  it("stays in use while a new one fails its test, and the new one waits", async () => {
    await workbench.runCommand("Qwen: Rotate API Key");
    await input().getByText("New API key for Team server").waitFor();
    await workbench.answerQuickInput(wrong);
    await dialog().getByText("The server refuses the new key of Team server").waitFor();
    await pictures(workbench, "key-refused");
    await dialog().locator(".monaco-button", { hasText: "Cancel" }).click();
    await until("both", async () => /^secret …oooo · new …wwww waits/.test(await keyRow()));
  });

  it("is managed in one place", async () => {
    await workbench.runCommand("Qwen: Manage API Key");
    await input().getByText("Forget the new key").first().waitFor();
    await pictures(workbench, "key-manage");
    await pick(workbench, "Forget the new key");
    await until("the old one alone", async () => /^secret …oooo · set [\d-]+$/.test(await keyRow()));
  });

  it("gives way to a new one that has passed its test", async () => {
    await workbench.runCommand("Qwen: Rotate API Key");
    await input().getByText("New API key for Team server").waitFor();
    await workbench.answerQuickInput(fresh);
    await workbench.page.getByText("uses the new key …nnnn; the old one is forgotten").first().waitFor();
    await until("the new one alone", async () => /^secret …nnnn · set [\d-]+$/.test(await keyRow()));
    const page = await workbench.webviewWith("main");
    await page.locator(".origin", { hasText: "secret …nnnn" }).waitFor();
    await pictures(workbench, "key-rotated", page);
  });

  it("stands nowhere in the window, its pages, the settings file or the logs", async () => {
    // Away from the page, which keeps the palette's key to itself; the settings last, as their editor does too.
    await workbench.treeRow("Endpoints", "Key").click();
    await workbench.runCommand("Qwen: Show Log");
    await workbench.page.locator(".part.panel").waitFor();
    await workbench.treeRow("Endpoints", "Key").click();
    await workbench.runCommand("Preferences: Open User Settings (JSON)");
    await workbench.page.locator(".view-lines", { hasText: "Team" }).first().waitFor();
    const frames = await Promise.all(workbench.page.frames().map((frame) => frame.content().catch(() => "")));
    const everything = [...frames, workbench.server.log()].join("\n");
    for (const key of [wrong, old, fresh]) {
      assert.ok(!everything.includes(key), "a key is in the window");
    }
    assert.ok(everything.includes("…nnnn"), "its last four characters are");
  });
});
