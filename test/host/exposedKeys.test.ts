import assert from "node:assert/strict";
import * as vscode from "vscode";

import { type DemoServer, startDemoServer } from "../../src/demo/demoServer.ts";

const key = "sk-host-exposed-41d7c0";
const other = "sk-host-exposed-other-9";

/** Messages, what the next question is answered with, and what happens while it stands. */
const told: string[] = [];
const pick: { label: string | undefined; meanwhile: () => Promise<void> } = {
  label: undefined,
  meanwhile: () => Promise.resolve(),
};

describe("move-key-to-secret", () => {
  const { showInformationMessage, showQuickPick } = vscode.window;
  let demo: DemoServer;
  const entry = (fields: object): object => ({
    id: "exposed",
    baseUrl: demo.baseUrl,
    checkEverySeconds: 0,
    ...fields,
  });

  before(async () => {
    demo = await startDemoServer({ tokensPerSecond: 0, key });
    Object.assign(vscode.window, {
      showInformationMessage: (text: string): Promise<undefined> => {
        told.push(text);
        return Promise.resolve(undefined);
      },
      showQuickPick: async (items: readonly { readonly label: string }[]): Promise<unknown> => {
        told.push(JSON.stringify(items.map(({ label }) => label)));
        await pick.meanwhile();
        return items.find(({ label }) => label === pick.label);
      },
    });
  });
  beforeEach(() => {
    told.length = 0;
    Object.assign(pick, { label: undefined, meanwhile: () => Promise.resolve() });
  });
  after(async () => {
    Object.assign(vscode.window, { showInformationMessage, showQuickPick });
    await setEndpoints(undefined);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await demo.close();
  });

  it("takes a key out of the user's settings, says that there is no way back, and tests with it", async () => {
    await setEndpoints([entry({ baseUrl: `${demo.baseUrl}?api_key=${key}`, name: "Kept" })]);
    await apply();
    assert.deepEqual(stored(), { ...entry({ name: "Kept" }), key: { from: "secret" } });
    assert.match(told.join(), /no longer in baseUrl[\s\S]*new key issued[\s\S]*no Undo/);
    assert.ok(!told.join().includes(key));
    await until(() => demo.log.some(({ status }) => status === 200));
  });

  it("asks which key counts where another is stored, and touches nothing without an answer", async () => {
    const exposed = entry({ key: other });
    await setEndpoints([exposed]);
    await apply();
    assert.match(told.join(), /"key","The stored key"/);
    assert.deepEqual(stored(), exposed);
    pick.label = "The stored key";
    await apply();
    assert.deepEqual(stored(), entry({ key: { from: "secret" } }));
    assert.equal((await test()) !== "failed", true, "the stored key is still the good one");
    await setEndpoints([exposed]);
    pick.label = "key";
    await apply();
    assert.equal(await test(), "failed");
  });

  it("touches nothing in an entry that changed while the question stood", async () => {
    const changed = entry({ key: other, name: "Renamed meanwhile" });
    await setEndpoints([entry({ key: other, headers: { Authorization: `Bearer ${key}` } })]);
    Object.assign(pick, { label: "key", meanwhile: () => setEndpoints([changed]) });
    await apply();
    assert.deepEqual(stored(), changed);
    assert.doesNotMatch(told.join(), /new key issued/);
  });

  it("stores the secrets of other headers by name, and they are still sent", async () => {
    await setEndpoints([entry({ headers: { Authorization: key, "X-Team": "a" }, key: { from: "none" } })]);
    await apply();
    assert.deepEqual(
      stored(),
      entry({
        headers: { Authorization: "${secret:exposed-authorization}", "X-Team": "a" },
        key: { from: "none" },
      }),
    );
  });

  it("is not needed for a change by a program, which is refused where it holds a key", async () => {
    await setEndpoints([entry({})]);
    for (const change of [
      { key },
      { headers: { "x-api-key": key } },
      { baseUrl: `${demo.baseUrl}?key=${key}` },
    ]) {
      const text = await refusal(change);
      assert.match(text, /does not belong in the settings/);
      assert.ok(!text.includes(key));
      assert.deepEqual(stored(), entry({}));
    }
  });

  it("keeps a key that a program adds out of the file", async () => {
    await setEndpoints([]);
    const added = await vscode.commands.executeCommand("qwen.addEndpoint", {
      ...entry({}),
      id: "added",
      key,
      headers: { "x-api-key": other },
    });
    const written = JSON.stringify([stored(), added]);
    assert.ok(!written.includes(key) && !written.includes(other), written);
    assert.match(written, /"from":"secret"/);
    assert.match(written, /\$\{secret:added-x-api-key\}/);
  });
});

async function refusal(change: object): Promise<string> {
  const { showWarningMessage, showErrorMessage } = vscode.window;
  const shown: string[] = [];
  const show = (text: string): Promise<undefined> => {
    shown.push(text);
    return Promise.resolve(undefined);
  };
  Object.assign(vscode.window, { showWarningMessage: show, showErrorMessage: show });
  await vscode.commands.executeCommand("qwen.editEndpoint", "exposed", change);
  Object.assign(vscode.window, { showWarningMessage, showErrorMessage });
  return [...shown, ...told].join();
}

async function apply(): Promise<void> {
  const fix = { kind: "move-key-to-secret" };
  await vscode.commands.executeCommand("qwen.applyFix", { endpointId: "exposed", fix });
}

async function test(): Promise<unknown> {
  const report = await vscode.commands.executeCommand("qwen.testEndpoint", { endpointId: "exposed" });
  return (report as { readonly verdict?: unknown } | undefined)?.verdict;
}

async function setEndpoints(value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration("qwen")
    .update("endpoints", value, vscode.ConfigurationTarget.Global);
}

function stored(): unknown {
  return vscode.workspace.getConfiguration("qwen").get<readonly unknown[]>("endpoints")?.[0];
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (isTrue()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail("what was waited for did not come within 5 seconds");
}
