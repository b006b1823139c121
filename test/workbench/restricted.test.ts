import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import { temporaryFolder, type TemporaryFolder } from "../../dev/temporary.ts";
import { openWithEndpoints, runOn, selectAll, until, type Workbench } from "./openWithEndpoints.ts";
import { packOtherExtension, type OtherExtension } from "./otherExtension.ts";
import { servesModels, startWireTap, type WireTap } from "./wireTap.ts";

const key = "sk-restricted-test-77ab01";

/** What a workspace may try of the settings that are the user's alone, and what they are without it. */
const usersAlone: Readonly<Record<string, { readonly tried: unknown; readonly is: unknown }>> = {
  "qwen.audit.enabled": { tried: false, is: true },
  "qwen.audit.content": { tried: true, is: false },
  "qwen.audit.maxMegabytes": { tried: 10_000, is: 100 },
  "qwen.audit.keepDays": { tried: 3650, is: 90 },
  "qwen.prices": { tried: { m: { input: 9, output: 9 } }, is: {} },
  "http.proxySupport": { tried: "off", is: "override" },
  "http.proxyStrictSSL": { tried: false, is: true },
  "http.proxyAuthorization": { tried: "Basic d29ya3NwYWNl", is: null },
  "http.noProxy": { tried: ["*"], is: [] },
  "http.systemCertificates": { tried: false, is: true },
};

/** Settings of ours that a workspace may have, once it is trusted. */
const onceTrusted: Readonly<Record<string, { readonly tried: unknown; readonly is: unknown }>> = {
  "qwen.statusBar.visible": { tried: false, is: true },
  "qwen.test.depth": { tried: "basic", is: "full" },
};

const templates = {
  user: { "My review": "Review as I like it: ${selection}" },
  workspace: { "My review": "Slipped in: ${selection}", "Their review": "Suggested: ${selection}" },
};

describe("a workspace in Restricted Mode", () => {
  let workbench: Workbench;
  let other: OtherExtension;
  let own: WireTap;
  let suggested: WireTap;
  let proxy: WireTap;
  let traps: TemporaryFolder;
  const envFile = (): string => join(workbench.folder, ".env");
  const trap = (name: string): string => join(traps.path, name);
  const sidebar = async (): Promise<string> => workbench.page.locator(".part.sidebar").innerText();

  before(async () => {
    [own, suggested, proxy] = await Promise.all([
      startWireTap(servesModels(["own-model"])),
      startWireTap(servesModels(["suggested-model"])),
      startWireTap(),
    ]);
    traps = temporaryFolder("traps");
    other = await packOtherExtension();
    const suggestions = [
      { key: { from: "none" } },
      { key: { from: "command", command: ["touch", trap("ran")] } },
      { key: { from: "file", path: trap("key-file") } },
      { key: { from: "env", name: "TEAM_KEY", file: ".env" } },
      { key: { from: "env", name: "RESTRICTED_TEST_KEY" } },
      { key: { from: "keychain", service: "qwen", account: "me" } },
      { key: { from: "none" }, headers: { "x-key": "${env:RESTRICTED_TEST_KEY}" } },
      { key: { from: "none" }, tls: { ca: trap("ca-file"), verify: false } },
      { key: { from: "none" }, proxy: proxy.origin },
    ].map((more, index) => ({
      id: `suggested-${index}`,
      name: `Suggested ${index}`,
      baseUrl: suggested.baseUrl,
      checkEverySeconds: 1,
      ...more,
    }));
    const tries = Object.entries({ ...usersAlone, ...onceTrusted }).map(([name, { tried }]) => [name, tried]);
    const settings = {
      "qwen.endpoints": suggestions,
      "qwen.promptTemplates": templates.workspace,
      "http.proxy": proxy.origin,
      ...(Object.fromEntries(tries) as object),
    };
    const user = {
      id: "own",
      name: "Own",
      baseUrl: own.baseUrl,
      models: { chat: "own-model" },
      checkEverySeconds: 1,
    };
    // The user's own entry, but the file it names is the workspace's.
    const source = { from: "env", name: "TEAM_KEY", file: ".env" };
    const relative = {
      id: "relative",
      name: "Relative",
      baseUrl: own.baseUrl,
      checkEverySeconds: 1,
      key: source,
    };
    workbench = await openWithEndpoints([user, relative], {
      files: { ".vscode/settings.json": JSON.stringify(settings), "a.md": "# a\n" },
      env: { RESTRICTED_TEST_KEY: key },
      workspaceTrust: "asked",
      vsixBeside: other.vsix,
      settings: { "qwen.promptTemplates": templates.user },
    });
    await other.setting("qwen.test.depth");
    for (const file of [trap("key-file"), trap("ca-file"), envFile()]) layTrap(file);
  });
  after(async () => {
    await workbench.close();
    traps.remove();
    await Promise.all([own, suggested, proxy].map((each) => each.close()));
  });

  it("shows the tree with the user's endpoint and a note", async () => {
    await workbench.treeRow("Endpoints", "Own").waitFor();
    await until("the tree says why the rest is missing", async () =>
      /Restricted Mode/i.test(await sidebar()),
    );
    await workbench.picture("restricted-mode");
    assert.ok(!(await sidebar()).includes("Suggested"));
  });

  it("leaves the user's endpoint at work: its key is stored and sent", async () => {
    await runOn(workbench, "Qwen: Set API Key", "Own");
    await workbench.answerQuickInput(key);
    await until("the key is sent", () => own.received().includes(`Bearer ${key}`));
    await runOn(workbench, "Qwen: Test Endpoint", "Own");
    const page = await workbench.webviewWith("main");
    await page.getByText("own-model").first().waitFor();
  });

  it("contacts, reads and runs nothing of what the workspace suggests", async () => {
    await workbench.runCommand("Qwen: Refresh");
    await other.execute("qwen.testAllEndpoints");
    for (const id of ["suggested-0", "suggested-1", "suggested-2", "suggested-3"]) {
      assert.equal(await other.execute("qwen.testEndpoint", id), undefined, id);
    }
    assert.equal(suggested.connections(), 0);
    assert.equal(proxy.connections(), 0);
    assert.ok(!existsSync(trap("ran")));
    assert.deepEqual(sprung(), []);
  });

  it("offers the user's prompt templates alone", async () => {
    await selectAll(workbench, "a.md");
    assert.deepEqual(await offered(workbench), ["My review Review as I like it: ${selection}"]);
    const sent = await other.execute("qwen.askAboutSelectionWith", "own", { template: "Their review" });
    assert.equal(sent, undefined);
    assert.ok(!/Slipped in|Suggested:/.test(own.received()));
  });

  for (const [name, { is }] of Object.entries({ ...usersAlone, ...onceTrusted })) {
    it(`does not set ${name}`, async () => assert.deepEqual(await other.setting(name), is));
  }

  it("does not set http.proxy", async () => assert.notEqual(await other.setting("http.proxy"), proxy.origin));

  it("has its endpoints as soon as it is trusted, and no more than asked for", async () => {
    await workbench.runCommand("Workspaces: Manage Workspace Trust");
    await workbench.page
      .locator(".workspace-trust-editor .monaco-button", { hasText: "Trust" })
      .first()
      .click();
    await workbench.treeRow("Endpoints", "Suggested 0").waitFor();
    await until("a suggested endpoint is asked", () => suggested.connections() > 0);
    await until("the note is gone", async () => !/Restricted Mode/i.test(await sidebar()));
    await other.execute("qwen.testEndpoint", "suggested-0");
    assert.ok(!suggested.received().includes(key));
    assert.ok(!existsSync(trap("ran")));
    await until("the user's own entry reads the .env file", () => sprung().includes(envFile()));
    assert.deepEqual(sprung(), [envFile()]);
    // An entry without a key may name a proxy of its own; what goes there holds nothing of the user's.
    assert.ok(!proxy.received().includes(key));
  });

  for (const [name, { is }] of Object.entries(usersAlone)) {
    it(`does not set ${name} when it is trusted either`, async () =>
      assert.deepEqual(await other.setting(name), is));
  }

  it("does not set http.proxy when it is trusted either", async () =>
    assert.notEqual(await other.setting("http.proxy"), proxy.origin));

  it("offers its prompt templates when it is trusted", async () => {
    await selectAll(workbench, "a.md");
    assert.deepEqual(await offered(workbench), [
      "My review Slipped in: ${selection}",
      "Their review Suggested: ${selection}",
    ]);
  });

  for (const [name, { tried }] of Object.entries(onceTrusted)) {
    it(`sets ${name} when it is trusted`, async () => assert.deepEqual(await other.setting(name), tried));
  }
});

/** The templates of the settings in Ask About Selection With…, each with its prompt; they stand before what is built in. */
async function offered({ page, runCommand, press }: Workbench): Promise<readonly string[]> {
  await runCommand("Qwen: Ask About Selection With…");
  const rows = page.locator(".quick-input-list .monaco-list-row");
  await rows.filter({ hasText: "Write a prompt…" }).waitFor();
  const texts = (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
  await press("Escape");
  return texts.slice(
    0,
    texts.findIndex((text) => text.includes("Write a prompt…")),
  );
}

const springs = new Map<string, { opened: boolean }>();

/** A pipe whose writer waits until somebody opens it to read, and so cannot miss it. */
function layTrap(file: string): void {
  rmSync(file, { force: true });
  execFileSync("sh", ["-c", 'mkfifo "$0"', file]);
  const spring = { opened: false };
  springs.set(file, spring);
  const writer = spawn("sh", ["-c", 'echo "TEAM_KEY=x" > "$0"', file], { stdio: "ignore" });
  // A reader that goes away at once leaves it a broken pipe, which is an exit too.
  writer.once("exit", (_code, signal) => (spring.opened = signal !== "SIGTERM"));
  process.once("exit", () => writer.kill());
}

function sprung(): readonly string[] {
  return [...springs].filter(([, { opened }]) => opened).map(([file]) => file);
}
