import assert from "node:assert/strict";
import { type AddressInfo, createServer, type Socket } from "node:net";
import * as vscode from "vscode";

import { type DemoServer, startDemoServer } from "../../src/demo/demoServer.ts";
import type { RunRecord } from "../../src/shared/runRecord.ts";
import { closeRunPanels, until } from "./support/runPanels.ts";

function compare(targets: unknown, prompt?: unknown): Thenable<readonly RunRecord[] | undefined> {
  return vscode.commands.executeCommand("qwen.compareModels", targets, prompt);
}

function setEndpoints(value: unknown): Thenable<void> {
  return vscode.workspace
    .getConfiguration("qwen")
    .update("endpoints", value, vscode.ConfigurationTarget.Global);
}

describe("a comparison asked for by a program", () => {
  let quick: DemoServer;
  let slow: DemoServer;
  const dead = { baseUrl: "http://127.0.0.1:1/v1", models: { chat: "nobody" } };
  before(async () => {
    quick = await startDemoServer({ tokensPerSecond: 0 });
    slow = await startDemoServer({ tokensPerSecond: 20 });
    const own = { key: { from: "none" }, checkEverySeconds: 0, models: { chat: "demo-chat" } };
    await setEndpoints([
      { id: "quick", baseUrl: quick.baseUrl, ...own },
      { id: "slow", baseUrl: slow.baseUrl, ...own },
    ]);
  });
  after(async () => {
    await setEndpoints(undefined);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await Promise.all([quick.close(), slow.close()]);
  });

  it("returns a record each in their order, of a dead endpoint beside a live one too", async () => {
    const records = await compare([dead, "quick"], "Hello there");
    assert.deepEqual(
      records?.map(({ outcome, model }) => [outcome, model]),
      [
        ["failed", "nobody"],
        ["finished", "demo-chat"],
      ],
    );
    assert.equal(records[0]?.findings[0]?.code, "connect.refused");
    assert.match(records[1]?.answer ?? "", /no model/i);
  });

  it("asks several models of one endpoint, each by its name", async () => {
    const records = await compare(
      [
        { endpoint: "quick" },
        { endpoint: "quick", model: "no-such-model" },
        { endpoint: "quick", model: "" },
      ],
      "Hi",
    );
    assert.deepEqual(
      records?.map(({ model }) => model),
      ["demo-chat", "no-such-model", "demo-chat"],
    );
  });

  it("lets no server that never answers hold up another, and ends all when the panel is closed", async () => {
    const sockets = new Set<Socket>();
    let left = 0;
    const silent = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => (left += 1));
      socket.resume();
    });
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    try {
      const seen = { quick: quick.log.length, slow: slow.log.length };
      const mute = { baseUrl: `http://127.0.0.1:${port}/v1`, models: { chat: "mute" } };
      const running = compare([mute, "quick", "slow"], `Hi ${"and hi again ".repeat(200)}`);
      await until(() => sockets.size > 0);
      await until(() => quick.log.slice(seen.quick).some(({ finished }) => finished === "complete"));
      assert.equal(left, 0, "the silent one is still asked");
      // Long enough for the slow one to be in the middle of its answer.
      await new Promise((resolve) => setTimeout(resolve, 700));
      await closeRunPanels();
      const records = await running;
      assert.deepEqual(
        records?.map(({ outcome }) => outcome),
        ["stopped", "finished", "stopped"],
      );
      await until(() => left > 0);
      await until(() => slow.log.slice(seen.slow).some(({ finished }) => finished === "client-closed"));
    } finally {
      for (const socket of sockets) {
        socket.destroy();
      }
      silent.close();
    }
  });

  it("takes the selection for the prompt where none is given", async () => {
    const document = await vscode.workspace.openTextDocument({ content: "print(1)\n", language: "python" });
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    editor.selection = new vscode.Selection(0, 0, 0, 8);
    const records = await compare(["quick", "quick"]);
    assert.deepEqual(
      records?.map(({ outcome }) => outcome),
      ["finished", "finished"],
    );
  });

  const wrong: readonly (readonly [string, unknown, unknown])[] = [
    ["one target", ["quick"], "Hi"],
    ["five", ["quick", "quick", "quick", "quick", "quick"], "Hi"],
    ["an id", "quick", "Hi"],
    ["an endpoint that is not configured", ["quick", "nobody"], "Hi"],
    ["an address that is none", ["quick", { baseUrl: "not a url" }], "Hi"],
    ["a prompt that is no text", ["quick", "quick"], { prompt: "Hi" }],
    ["an empty prompt", ["quick", "quick"], "  "],
  ];
  for (const [what, targets, prompt] of wrong) {
    it(`asks nobody when given ${what}`, async () => {
      const before = quick.log.length;
      assert.equal(await compare(targets, prompt), undefined);
      assert.equal(quick.log.length, before);
    });
  }
});
