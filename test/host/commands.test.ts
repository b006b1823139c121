import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";

import type { Report } from "../../src/core/diagnosis/report.ts";
import { type DemoServer, startDemoServer } from "../../src/demo/demoServer.ts";
import type { CommandId, Commands } from "../../src/shared/manifest.ts";
import type { RunRecord } from "../../src/shared/runRecord.ts";
import { closeRunPanels, isRunPanel, until } from "./support/runPanels.ts";

const key = "sk-host-test-7f3a9c";

async function run<Id extends CommandId>(
  id: Id,
  ...args: Commands[Id]["args"]
): Promise<Commands[Id]["result"]> {
  return vscode.commands.executeCommand(id, ...args);
}

async function setEndpoints(value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration("qwen")
    .update("endpoints", value, vscode.ConfigurationTarget.Global);
}

function entry(
  demo: DemoServer,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const models = { chat: "demo-chat", embedding: "demo-embedding", rerank: "demo-reranker" };
  return {
    id: "served",
    name: "Served",
    baseUrl: demo.baseUrl,
    key: { from: "none" },
    models,
    checkEverySeconds: 0,
    ...more,
  };
}

describe("commands called by a program", () => {
  let demo: DemoServer;
  let keyed: DemoServer;

  before(async () => {
    demo = await startDemoServer({ tokensPerSecond: 0 });
    keyed = await startDemoServer({ tokensPerSecond: 0, key });
    await setEndpoints([entry(demo)]);
  });

  after(async () => {
    await setEndpoints(undefined);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await Promise.all([demo.close(), keyed.close()]);
  });

  it("are all registered, and all contributed by package.json", async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const manifest = vscode.extensions.getExtension("qwen-endpoints.qwen-endpoints")?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const missing = manifest.contributes.commands
      .map(({ command }) => command)
      .filter((id) => !registered.has(id));
    assert.deepEqual(missing, []);
  });

  it("test an endpoint and return the whole report", async () => {
    const report = await run("qwen.testEndpoint", "served");
    assert.equal(report?.verdict, "healthy");
    const reached = report.rungs
      .filter(({ status }) => status !== "skipped")
      .map(({ id, status }) => `${id} ${status}`);
    for (const each of [
      "address",
      "name",
      "connect",
      "http",
      "auth",
      "models",
      "model",
      "chat",
      "embedding",
      "rerank",
    ]) {
      assert.ok(reached.includes(`${each} passed`), `${each} in ${reached.join(", ")}`);
    }
  });

  it("test as deep as they are told to, and to the full depth by default", async () => {
    assert.equal((await run("qwen.testEndpoint", "served", { task: "chat" }))?.depth, "full");
    const basic = await run("qwen.testEndpoint", "served", { task: "chat", depth: "basic" });
    assert.equal(basic?.depth, "basic");
    assert.ok(!basic.rungs.some(({ id }) => id === "stream"));
    const [all] = (await run("qwen.testAllEndpoints")) ?? [];
    assert.equal(all?.depth, "basic");
  });

  for (const task of ["embedding", "rerank"] as const) {
    it(`test the task ${task} when told to`, async () => {
      const report = await run("qwen.testEndpoint", "served", { task });
      assert.equal(report?.verdict, "healthy");
      assert.deepEqual(report.tasks, [task]);
    });
  }

  it("test an endpoint that is not configured", async () => {
    const report = await run("qwen.testEndpoint", {
      baseUrl: demo.baseUrl.replace(/\/v1$/, ""),
      models: { chat: "demo-chat" },
    });
    assert.equal(report?.verdict, "failed");
    assert.equal(report.findings[0]?.code, "address.missing-v1");
    assert.deepEqual(report.findings[0].fixes[0], { kind: "set-base-url", baseUrl: demo.baseUrl });
  });

  it("test all endpoints, dead ones included", async () => {
    await setEndpoints([entry(demo), entry(demo, { id: "dead", baseUrl: "http://127.0.0.1:1/v1" })]);
    const reports = await run("qwen.testAllEndpoints");
    const verdicts = Object.fromEntries(
      (reports ?? []).map(({ endpointId, verdict }: Report) => [endpointId, verdict]),
    );
    assert.deepEqual(verdicts, { served: "healthy", dead: "failed" });
    await setEndpoints([entry(demo)]);
  });

  it("list models", async () => {
    const models = await run("qwen.listModels", "served");
    assert.deepEqual(
      models?.map(({ id, task }) => [id, task]),
      [
        ["demo-chat", "chat"],
        ["demo-embedding", "embedding"],
        ["demo-reranker", "rerank"],
      ],
    );
  });

  it("send a chat and return its record", async () => {
    const record = await run("qwen.sendChat", { endpoint: "served", prompt: "Hello there" });
    assert.equal(record?.outcome, "finished");
    assert.equal(record.finishReason, "stop");
    assert.match(record.answer, /no model/i);
    assert.ok(record.reasoning.length > 0, "thinking is on by default and comes apart from the answer");
    assert.ok((record.usage?.completionTokens ?? 0) > 0);
    assert.ok((record.timings.ttftMs ?? -1) >= 0);
  });

  it("pass extra keys of the body on", async () => {
    const record = await run("qwen.sendChat", {
      endpoint: "served",
      prompt: "Hi",
      extra: { max_tokens: 3, enable_thinking: false },
    });
    assert.equal(record?.finishReason, "length");
    assert.equal(record.reasoning, "");
  });

  it("embed a text and return its vector", async () => {
    const record = await run("qwen.embedSelection", "served", "a text");
    assert.equal(record?.dimensions, 1024);
    assert.ok(Math.abs(record.norm - 1) < 1e-3);
    assert.equal(record.vector.length, 1024);
  });

  it("ask about the selected text", async () => {
    const document = await vscode.workspace.openTextDocument({ content: "print(1)\n", language: "python" });
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    editor.selection = new vscode.Selection(0, 0, 0, 8);
    const record = await run("qwen.askAboutSelection", "served");
    assert.equal(record?.outcome, "finished");
    const withPrompt = await run("qwen.askAboutSelectionWith", "served", "Explain");
    assert.equal(withPrompt?.outcome, "finished");
  });

  it("cancel the request on the wire when the panel is closed", async () => {
    const slow = await startDemoServer({ tokensPerSecond: 20 });
    try {
      const target = { baseUrl: slow.baseUrl, models: { chat: "demo-chat" } };
      const running = run("qwen.sendChat", { endpoint: target, prompt: "Hi", extra: { demo_tokens: 5000 } });
      await until(
        () => slow.log.length > 0 || vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isRunPanel)),
      );
      await new Promise((resolve) => setTimeout(resolve, 700));
      await closeRunPanels();
      const record: RunRecord | undefined = await running;
      assert.equal(record?.outcome, "stopped");
      assert.ok(record.answer.length + record.reasoning.length > 0, "what had come is kept");
      await until(() => slow.log.some(({ finished }) => finished === "client-closed"));
    } finally {
      await slow.close();
    }
  });

  it("name what is wrong instead of throwing", async () => {
    assert.equal(await run("qwen.testEndpoint", "no-such-endpoint"), undefined);
    assert.equal(await run("qwen.sendChat", 42), undefined);
    assert.equal(await run("qwen.testEndpoint", { baseUrl: "not a url" }), undefined);
    const record = await run("qwen.sendChat", {
      endpoint: { baseUrl: "http://127.0.0.1:1/v1" },
      model: "x",
      prompt: "Hi",
    });
    assert.equal(record?.outcome, "failed");
    assert.equal(record.findings[0]?.code, "connect.refused");
  });

  it("take up settings edited by hand, and leave a bad entry out", async () => {
    await setEndpoints([{ id: "bad", baseUrl: 7 }, entry(demo, { id: "fresh" })]);
    assert.equal((await run("qwen.testEndpoint", "fresh"))?.verdict, "healthy");
    assert.equal(await run("qwen.testEndpoint", "bad"), undefined);
    await setEndpoints([entry(demo)]);
  });

  it("add an endpoint from a pasted URL and remove it again", async () => {
    const added = await run("qwen.addEndpoint", {
      baseUrl: `${demo.baseUrl}/chat/completions`,
      key: { from: "none" },
    });
    assert.equal(added?.baseUrl, demo.baseUrl);
    const stored = vscode.workspace.getConfiguration("qwen").get<{ id: string }[]>("endpoints") ?? [];
    assert.ok(stored.some(({ id }) => id === added.id));
    assert.deepEqual(await run("qwen.removeEndpoint", added.id), { removed: added.id });
    const rest = vscode.workspace.getConfiguration("qwen").get<{ id: string }[]>("endpoints") ?? [];
    assert.deepEqual(
      rest.map(({ id }) => id),
      ["served"],
    );
  });

  it("edit fields of an endpoint, and refuse what the settings would refuse", async () => {
    const edited = await run("qwen.editEndpoint", "served", { name: "Other name", checkEverySeconds: 5 });
    assert.equal(edited?.name, "Other name");
    assert.equal(await run("qwen.editEndpoint", "served", { baseUrl: "nonsense" }), undefined);
    assert.equal((await run("qwen.testEndpoint", "served"))?.verdict, "healthy");
    await setEndpoints([entry(demo)]);
  });

  it("never return a key", async () => {
    const path = join(tmpdir(), `qwen-host-test-${process.pid}.key`);
    writeFileSync(path, `${key}\n`);
    const target = { baseUrl: keyed.baseUrl, key: { from: "file", path }, models: { chat: "demo-chat" } };
    const report = await run("qwen.testEndpoint", target);
    const record = await run("qwen.sendChat", { endpoint: target, prompt: `Is ${key} a key?` });
    assert.equal(report?.verdict, "healthy");
    assert.equal(record?.outcome, "finished");
    assert.ok(!JSON.stringify([report, record]).includes(key));
  });

  it("find a missing key", async () => {
    const report = await run("qwen.testEndpoint", { baseUrl: keyed.baseUrl, models: { chat: "demo-chat" } });
    assert.equal(report?.findings[0]?.code, "auth.missing");
    assert.equal(report.findings[0].fixes[0]?.kind, "set-key");
  });

  it("start and stop the demo endpoint", async () => {
    const started = await run("qwen.startDemoEndpoint");
    assert.match(started.baseUrl, /^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    assert.equal((await run("qwen.testEndpoint", "qwen-demo"))?.verdict, "healthy");
    await run("qwen.stopDemoEndpoint");
    assert.equal(await run("qwen.testEndpoint", "qwen-demo"), undefined);
  });

  it("discover what runs on this machine", async () => {
    assert.ok(Array.isArray(await run("qwen.discoverEndpoints")));
  });
});
