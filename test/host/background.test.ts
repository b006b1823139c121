import assert from "node:assert/strict";
import * as vscode from "vscode";

import { type DemoServer, startDemoServer } from "../../src/demo/demoServer.ts";

const user = vscode.ConfigurationTarget.Global;

describe("background checks", () => {
  let demo: DemoServer;
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("qwen");
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));

  before(async () => {
    demo = await startDemoServer();
    await vscode.commands.executeCommand("workbench.view.explorer");
    await settings().update("statusBar.visible", false, user);
    const entry = { id: "watched", baseUrl: demo.baseUrl, key: { from: "none" }, checkEverySeconds: 0.3 };
    await settings().update("endpoints", [entry], user);
  });

  after(async () => {
    await settings().update("statusBar.visible", undefined, user);
    await settings().update("endpoints", undefined, user);
    await demo.close();
  });

  it("do not run while nothing shows them", async () => {
    await pause(1500);
    assert.deepEqual(demo.log, []);
  });

  it("run while the status bar item is shown, one GET of the models at a time", async () => {
    await settings().update("statusBar.visible", true, user);
    await pause(2000);
    const asked = new Set(demo.log.map(({ method, path }) => `${method} ${path}`));
    assert.deepEqual([...asked], ["GET /v1/models"]);
    assert.ok(demo.log.length >= 2, `${demo.log.length} checks in 2 seconds`);
  });

  it("stop when it is hidden again", async () => {
    await settings().update("statusBar.visible", false, user);
    await pause(500);
    const before = demo.log.length;
    await pause(1200);
    assert.equal(demo.log.length, before);
  });

  it("run while the view is visible", async () => {
    const before = demo.log.length;
    await vscode.commands.executeCommand("qwen.endpoints.focus");
    await pause(2000);
    assert.ok(demo.log.length > before);
    await vscode.commands.executeCommand("workbench.view.explorer");
  });
});
