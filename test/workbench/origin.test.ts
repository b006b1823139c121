import assert from "node:assert/strict";

import {
  demoEntry,
  type DemoServer,
  openWithEndpoints,
  startDemoServer,
  until,
  type Workbench,
} from "./openWithEndpoints.ts";

const key = "sk-origin-test-5d21ab";

describe("a key and the origin it was entered for", () => {
  let workbench: Workbench;
  let first: DemoServer;
  let second: DemoServer;
  const entry = (demo: DemoServer): Readonly<Record<string, unknown>> =>
    demoEntry(demo, { name: "Moving", key: { from: "secret" }, checkEverySeconds: 1 });
  const description = async (): Promise<string> =>
    (await workbench.treeRows("Endpoints"))[0]?.description ?? "";

  before(async () => {
    first = await startDemoServer({ key, tokensPerSecond: 0 });
    second = await startDemoServer({ key, tokensPerSecond: 0 });
    workbench = await openWithEndpoints([entry(first)]);
    await workbench.runCommand("Qwen: Set API Key");
    await workbench.answerQuickInput(key);
    await until("the check passes", async () => /ms · /.test(await description()));
  });
  after(async () => {
    await workbench.close();
    await Promise.all([first.close(), second.close()]);
  });

  it("is not sent when the address moves, and the person is asked", async () => {
    await workbench.changeSettings({ "qwen.endpoints": [entry(second)] });
    await until("the other server was asked without a key", () =>
      second.log.some(({ status }) => status === 401),
    );
    assert.ok(second.log.every(({ status }) => status === 401));
    await until("the tree says so", async () => /not sent/i.test(await description()));
    await workbench.runCommand("Qwen: Test Endpoint");
    const page = await workbench.webviewWith("main");
    await page
      .getByRole("button", { name: /^Send the key to/ })
      .first()
      .click();
    const dialog = workbench.page.locator(".monaco-dialog-box");
    const text = await dialog.innerText();
    assert.ok(
      text.includes(new URL(first.baseUrl).origin) && text.includes(new URL(second.baseUrl).origin),
      text,
    );
    await dialog.locator(".monaco-button", { hasText: "Send the key" }).click();
    await until("the key is sent there now", () => second.log.some(({ status }) => status === 200));
  });
});

describe("an endpoint of a workspace that reaches for the user's keys", () => {
  let workbench: Workbench;
  let demo: DemoServer;
  before(async () => {
    demo = await startDemoServer({ key, tokensPerSecond: 0 });
    const suggested = demoEntry(demo, {
      name: "Suggested",
      key: { from: "command", command: ["printf", key] },
      checkEverySeconds: 1,
    });
    const files = {
      ".vscode/settings.json": JSON.stringify({ "qwen.endpoints": [suggested] }),
      "a.md": "# a\n",
    };
    workbench = await openWithEndpoints(undefined, { files });
    await workbench.treeRow("Endpoints", "Suggested").waitFor();
  });
  after(async () => {
    await workbench.close();
    await demo.close();
  });

  it("gets none of them until the user agrees, once", async () => {
    await until("it was asked without a key", () => demo.log.length > 0);
    assert.ok(demo.log.every(({ status }) => status === 401));
    await workbench.runCommand("Qwen: Test Endpoint");
    const page = await workbench.webviewWith("main");
    await page
      .getByRole("button", { name: /^Send the key to/ })
      .first()
      .click();
    const dialog = workbench.page.locator(".monaco-dialog-box");
    assert.match(await dialog.innerText(), /workspace.*printf/s);
    await dialog.locator(".monaco-button", { hasText: "Send the key" }).click();
    await until("the key is sent now", () => demo.log.some(({ status }) => status === 200));
  });
});
