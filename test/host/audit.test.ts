import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";

import type { AuditEntry } from "../../src/core/audit/auditEntry.ts";
import { type DemoServer, startDemoServer } from "../../src/demo/demoServer.ts";
import type { CommandId, Commands } from "../../src/shared/manifest.ts";

const user = vscode.ConfigurationTarget.Global;
const key = "sk-audit-test-5d81e4c2";

async function run<Id extends CommandId>(
  id: Id,
  ...args: Commands[Id]["args"]
): Promise<Commands[Id]["result"]> {
  return vscode.commands.executeCommand(id, ...args);
}

function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("qwen");
}

describe("the audit log of a window", () => {
  let demo: DemoServer;
  let folder: string;

  before(async () => {
    demo = await startDemoServer({ tokensPerSecond: 0, key });
    process.env["QWEN_AUDIT_TEST_KEY"] = key;
    const models = { chat: "demo-chat", embedding: "demo-embedding" };
    const source = { from: "env", name: "QWEN_AUDIT_TEST_KEY" };
    const entry = { id: "audited", baseUrl: demo.baseUrl, key: source, models, checkEverySeconds: 0 };
    await settings().update("endpoints", [entry], user);
  });

  after(async () => {
    delete process.env["QWEN_AUDIT_TEST_KEY"];
    for (const name of ["endpoints", "audit.enabled", "audit.content"]) {
      await settings().update(name, undefined, user);
    }
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await demo.close();
  });

  /** Every line about the endpoint. Opening the log writes what waits, and shows where it lies. */
  async function lines(): Promise<readonly AuditEntry[]> {
    await run("qwen.openAuditLog");
    folder = dirname(vscode.window.activeTextEditor?.document.uri.fsPath ?? "");
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    return texts
      .flatMap((text) => text.split("\n"))
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as AuditEntry)
      .filter(({ endpoint }) => endpoint === "audited");
  }

  /** What one call of a command adds to the log, which must be what the server saw. */
  async function added(call: () => Promise<unknown>): Promise<readonly AuditEntry[]> {
    const before = (await lines()).length;
    const seen = demo.log.length;
    await call();
    // A check may still be under way: the server has seen it, and its line comes when it has ended.
    let entries = (await lines()).slice(before);
    for (let turn = 0; turn < 100 && entries.length !== demo.log.length - seen; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      entries = (await lines()).slice(before);
    }
    assert.deepEqual(
      entries.map(({ method, path, status }) => `${method} ${path} ${status ?? ""}`).sort(),
      demo.log
        .slice(seen)
        .map(({ method, path, status }) => `${method} ${path} ${status}`)
        .sort(),
    );
    assert.ok(entries.length > 0);
    return entries;
  }

  before(async () => {
    // Something must be in the log before it can be opened.
    await run("qwen.listModels", "audited");
  });

  it("has one line for a chat, with model, tokens, key label and who asked", async () => {
    const entries = await added(() => run("qwen.sendChat", { endpoint: "audited", prompt: "hello" }));
    const [entry] = entries;
    assert.ok(entry !== undefined && entries.length === 1);
    assert.deepEqual(
      [entry.askedBy, entry.task, entry.model, entry.status, entry.key],
      ["program", "chat", "demo-chat", 200, "env QWEN_AUDIT_TEST_KEY …e4c2"],
    );
    assert.equal(entry.origin, new URL(demo.baseUrl).origin);
    assert.ok((entry.inputTokens ?? 0) > 0 && (entry.outputTokens ?? 0) > 0, JSON.stringify(entry));
    assert.ok(entry.sentBytes > 0 && entry.receivedBytes > 0 && entry.durationMs > 0);
    assert.ok(!("prompt" in entry) && !("failure" in entry) && !("finding" in entry));
  });

  it("has one line for an embedding", async () => {
    const [entry] = await added(() => run("qwen.embedSelection", "audited", "some text"));
    assert.deepEqual(
      [entry?.askedBy, entry?.task, entry?.model, (entry?.inputTokens ?? 0) > 0],
      ["program", "embedding", "demo-embedding", true],
    );
  });

  it("has a line for every request of a test", async () => {
    const entries = await added(() => run("qwen.testEndpoint", "audited", { task: "chat", depth: "basic" }));
    const asked = entries.filter(({ askedBy }) => askedBy === "program");
    assert.ok(asked.some(({ task }) => task === "chat") && asked.some(({ task }) => task === "models"));
    // A test ends with a background check.
    const others = entries.filter(({ askedBy }) => askedBy !== "program");
    assert.deepEqual(
      others.filter(({ askedBy, task }) => askedBy !== "background" || task !== "models"),
      [],
    );
  });

  it("says what a person asked for by clicking a row, and what nobody did", async () => {
    const [clicked] = await added(() => run("qwen.listModels", { endpointId: "audited" }));
    assert.deepEqual([clicked?.askedBy, clicked?.task], ["command", "models"]);
    const [checked] = await added(async () => {
      const seen = demo.log.length;
      await run("qwen.refresh");
      for (let turn = 0; turn < 100 && demo.log.length === seen; turn++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
    assert.deepEqual([checked?.askedBy, checked?.task], ["background", "models"]);
  });

  it("holds prompt and reply as soon as the user wants them, without the key", async () => {
    await settings().update("audit.content", true, user);
    const [entry] = await added(() => run("qwen.sendChat", { endpoint: "audited", prompt: `say ${key}` }));
    await settings().update("audit.content", undefined, user);
    assert.ok(entry?.prompt?.includes("say •••") === true && (entry.reply ?? "") !== "");
    for (const name of readdirSync(folder)) {
      assert.ok(!readFileSync(join(folder, name), "utf8").includes(key.slice(0, 12)), name);
    }
  });

  it("gets no line while it is turned off", async () => {
    const before = await lines();
    await settings().update("audit.enabled", false, user);
    await run("qwen.sendChat", { endpoint: "audited", prompt: "hello" });
    assert.equal((await lines()).length, before.length);
    await settings().update("audit.enabled", undefined, user);
  });

  it("shows the last lines alone where a part is too large for an editor", async () => {
    const [line] = await lines();
    const large = join(folder, "audit-2099-01-01-large.001.jsonl");
    writeFileSync(large, `\n${JSON.stringify(line)}\n`.repeat(20_000));
    try {
      await run("qwen.openAuditLog");
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.uri.scheme, "qwen-audit");
      assert.ok(document.lineAt(0).text.includes(large), document.lineAt(0).text);
      assert.ok(document.lineCount > 1000 && document.getText().length < 1_100_000);
    } finally {
      rmSync(large);
    }
  });
});
