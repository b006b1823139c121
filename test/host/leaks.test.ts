import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";

import { type DemoServer, startDemoServer } from "../../src/demo/demoServer.ts";
import { huntSecret } from "../contract/support/secretHunt.ts";

const key = "sk-Wq83/leak+Test=zTq5";
const stored = "hv-Stored!9KpYw2=Lm";

const commands = (
  vscode.extensions.getExtension("qwen-endpoints.qwen-endpoints")?.packageJSON as {
    readonly contributes: { readonly commands: readonly { readonly command: string }[] };
  }
).contributes.commands.map(({ command }) => command);

/** What any extension in the same host can pass: arguments arrive as they are. */
const hostile: Readonly<Record<string, (demo: DemoServer) => readonly unknown[]>> = {
  null: () => [null, null],
  numbers: () => [Number.NaN, -1],
  "a symbol": () => [Symbol("x")],
  "a function": () => [() => key],
  "an empty text": () => ["", ""],
  "a text of a megabyte": () => ["x".repeat(1_000_000), "y".repeat(1_000_000)],
  "half a surrogate pair": () => ["\ud800", "\udfff"],
  "the names that every object has": () => ["__proto__", "constructor"],
  "an object with them as its own": () => [
    JSON.parse('{"__proto__":{"id":"keyed"},"constructor":{"prototype":{}},"id":"toString"}') as unknown,
  ],
  "a list": () => [["keyed"], [{ id: "keyed" }]],
  "an object ten thousand deep": () => [deep(10_000)],
  "an object within itself": () => [circle()],
  "an object whose fields throw": () => [throwing()],
  "a revoked proxy": () => [revoked()],
  "the endpoint with the key": () => ["keyed", "keyed"],
  "the endpoint with the stored key, for another": () => [{ endpointId: "stored" }, { endpointId: "other" }],
  "an endpoint with the key in its URL": ({ port }) => [
    { baseUrl: `http://user:${key}@127.0.0.1:${port}/v1` },
  ],
  "an endpoint with the key in its query": ({ port }) => [
    { baseUrl: `http://127.0.0.1:${port}/v1?api_key=${key}` },
  ],
  "an endpoint with the key as its source": ({ baseUrl }) => [{ baseUrl, key }],
  "an endpoint with the key in a header": ({ baseUrl }) => [
    { baseUrl, key: { from: "none" }, headers: { Authorization: `Bearer ${key}` } },
  ],
  "an endpoint of the stored key's id": ({ baseUrl }) => [{ id: "stored", baseUrl, key: { from: "secret" } }],
  "a fix for an endpoint that is not there": () => [
    { endpointId: "nobody", fix: { kind: "set-base-url", baseUrl: "http://127.0.0.1:1/v1" } },
  ],
  "a fix of no known kind": () => [{ endpointId: "keyed", fix: { kind: "toString" } }],
  "a fix that is a text": () => [{ endpointId: "keyed", fix: "allow-key-for-origin" }],
  "a comparison that quotes the key": () => [
    [{ endpoint: "keyed", model: key }, "keyed", { endpoint: { endpointId: "other" } }],
    `Say ${key}`,
  ],
  "a comparison of what throws and lists itself": () => [[throwing(), circle(), revoked()], "x"],
  "a chat that quotes the key": () => [
    { endpoint: "keyed", prompt: `Say ${key}`, model: key, extra: { metadata: { key }, max_tokens: 5 } },
  ],
};

describe("any command, given anything", () => {
  let demo: DemoServer;
  let folder: string;
  before(async () => {
    demo = await startDemoServer({ tokensPerSecond: 0, key });
    folder = mkdtempSync(join(tmpdir(), "qwen-leaks-"));
    writeFileSync(join(folder, "key"), key);
    await setEndpoints();
    await storeKey();
    // From here on the key has been read.
    await vscode.commands.executeCommand("qwen.testEndpoint", "keyed", { depth: "basic" });
    assert.ok(demo.log.some(({ status }) => status === 200));
  });
  after(async () => {
    await vscode.commands.executeCommand("qwen.clearApiKey", "stored");
    await vscode.workspace
      .getConfiguration("qwen")
      .update("endpoints", undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(folder, { recursive: true, force: true });
    await demo.close();
  });

  const setEndpoints = async (): Promise<void> => {
    const models = { chat: "demo-chat", embedding: "demo-embedding" };
    const { baseUrl } = demo;
    const all = [
      { id: "keyed", key: { from: "file", path: join(folder, "key") } },
      { id: "stored" },
      { id: "other", key: { from: "none" } },
    ].map((each) => ({ baseUrl, models, checkEverySeconds: 0, ...each }));
    await vscode.workspace
      .getConfiguration("qwen")
      .update("endpoints", all, vscode.ConfigurationTarget.Global);
  };

  /** As a person does: nothing else can store one. On the desktop nobody is there to type. */
  const storeKey = async (): Promise<void> => {
    if (vscode.env.uiKind === vscode.UIKind.Desktop) return;
    const setting = vscode.commands.executeCommand("qwen.setApiKey", "stored");
    // dev/suites/host.ts types it into the window.
    console.log(`[type] ${stored}`);
    assert.deepEqual(await setting, { stored: "stored" });
  };

  for (const command of commands) {
    it(`${command} does not throw, and neither returns nor copies a key`, async function () {
      this.timeout(60_000);
      await setEndpoints();
      const calls = Object.entries(hostile).map(async ([what, make]) => {
        const result = await vscode.commands.executeCommand(command, ...make(demo)).then(
          (value) => JSON.stringify(value ?? null),
          (error: unknown) => `threw ${String(error)}`,
        );
        const found = [key, stored].flatMap((secret) => huntSecret(secret, result));
        return result.startsWith("threw") || found.length > 0 ? [`${what}: ${result}`.slice(0, 300)] : [];
      });
      assert.deepEqual((await sayingNo(Promise.all(calls))).flat(), []);
      assert.deepEqual(huntSecret(key, await vscode.env.clipboard.readText()), []);
      assert.equal(({} as Record<string, unknown>)["id"], undefined, "no object has an id of its own");
    });
  }
});

/** Whatever is asked meanwhile is closed unanswered. */
async function sayingNo<T>(running: Promise<T>): Promise<T> {
  const closing = setInterval(() => void closeWhatAsks(), 200);
  try {
    return await running;
  } finally {
    clearInterval(closing);
  }
}

async function closeWhatAsks(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
  await vscode.commands.executeCommand("notifications.clearAll");
}

function deep(levels: number): unknown {
  let value: unknown = "keyed";
  for (let level = 0; level < levels; level++) value = { endpoint: value, id: "keyed" };
  return value;
}

function circle(): unknown {
  const value: Record<string, unknown> = { prompt: "x" };
  value["endpoint"] = value;
  value["fix"] = value;
  return value;
}

function throwing(): unknown {
  const fail = (): never => {
    throw new Error(`it was ${key}`);
  };
  return new Proxy({}, { get: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail });
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
