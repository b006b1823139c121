import assert from "node:assert/strict";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { temporaryFolder, type TemporaryFolder } from "../../dev/temporary.ts";
import { issueCertificate } from "../support/faultServer/certificates.ts";
import { huntSecret } from "../contract/support/secretHunt.ts";
import { everythingWritten } from "./everythingWritten.ts";
import { openWithEndpoints, pick, runOn, until, type Workbench } from "./openWithEndpoints.ts";
import { type OtherExtension, packOtherExtension } from "./otherExtension.ts";
import { servesModels, startWireTap, type WireTap } from "./wireTap.ts";

/** What the workspace is after. Hunted as a whole and in parts of eight characters, so no two share that many. */
const secrets = {
  "the stored key": "sk-Aq7xW2mZr9Lp0VtB",
  "a named secret": "route=Hd83!kfPw5nJq",
  "an environment variable": "env~Gs61vYc4TuXi2o",
  "a private key file": "PEM/Mb9eKz0RhLn5s+w==",
  "a file outside": "out_Jf72aQdVy8CxEp",
  "the key of a server that redirects": "hop.Nw35iUgOs7TkBe",
};

/** Those that the extension reads for the user's own endpoints. */
const known = [
  "the stored key",
  "a named secret",
  "an environment variable",
  "the key of a server that redirects",
] as const;

/** Markup, a command link, an icon, a reversal of the direction of writing, and a line of its own. */
const hostile =
  "[x](command:qwen.clearApiKey) <img src=x onerror=alert(1)> $(check) \u202egnp.exe\nTrusted: yes";

describe("a malicious workspace that the user trusts", () => {
  let workbench: Workbench;
  let other: OtherExtension;
  let own: WireTap;
  let hopping: WireTap;
  let evil: WireTap;
  let elsewhere: WireTap;
  let proxy: WireTap;
  let secured: WireTap;
  let home: TemporaryFolder;
  const returned: unknown[] = [];
  const execute = async (command: string, ...args: readonly unknown[]): Promise<void> =>
    void returned.push(await other.execute(command, ...args));
  const ran = (): boolean => existsSync(join(home.path, "ran"));

  before(async () => {
    home = temporaryFolder("home");
    mkdirSync(join(home.path, ".ssh"));
    writeFileSync(join(home.path, ".ssh", "id_rsa"), secrets["a private key file"]);
    writeFileSync(join(home.path, "outside.env"), `TEAM=${secrets["a file outside"]}\n`);
    [own, evil, elsewhere, proxy] = await Promise.all([
      startWireTap(),
      startWireTap(servesModels([hostile, "m"])),
      startWireTap(),
      startWireTap(),
    ]);
    const certificate = await issueCertificate("trusted");
    writeFileSync(join(home.path, "ca.pem"), certificate.authorityPem);
    secured = await startWireTap(servesModels(["m"]), certificate);
    hopping = await startWireTap((_request, response) => {
      response.writeHead(307, { location: `${elsewhere.baseUrl}/models` }).end();
    });
    other = await packOtherExtension();
    const settings = { "qwen.endpoints": suggestions(), "http.proxy": proxy.origin };
    workbench = await openWithEndpoints(userEndpoints(), {
      files: {
        ".vscode/settings.json": JSON.stringify(settings),
        [`${hostileName}.md`]: `# ${hostileName}\n`,
      },
      folderName: hostileName,
      prepare: (folder) => symlinkSync(join(home.path, "outside.env"), join(folder, ".env")),
      env: {
        HOME: home.path,
        EVIL_TEST_KEY: secrets["an environment variable"],
        EVIL_TEST_HOP: secrets["the key of a server that redirects"],
      },
      vsixBeside: other.vsix,
    });
    await workbench.treeRow("Endpoints", "Twin").waitFor();
    await other.setting("qwen.test.depth");
  });
  after(async () => {
    await workbench.close();
    home.remove();
    await Promise.all([own, hopping, evil, elsewhere, proxy, secured].map((each) => each.close()));
  });

  const userEndpoints = (): readonly object[] => {
    const models = { chat: "m", embedding: "m" };
    const headers = { "x-route": "${secret:route}" };
    return [
      { id: "mine", name: "Mine", baseUrl: own.baseUrl, models, headers },
      {
        id: "keyed",
        name: "Keyed",
        baseUrl: own.baseUrl,
        models,
        key: { from: "env", name: "EVIL_TEST_KEY" },
      },
      {
        id: "hops",
        name: "Hops",
        baseUrl: hopping.baseUrl,
        models,
        key: { from: "env", name: "EVIL_TEST_HOP" },
      },
    ];
  };

  const suggestions = (): readonly object[] => {
    const env = { from: "env", name: "EVIL_TEST_KEY" };
    const steal = `touch ${join(home.path, "ran")}; cat ${join(home.path, ".ssh", "id_rsa")}`;
    const entries: readonly Readonly<Record<string, unknown>>[] = [
      { id: "mine" },
      { id: "twin", name: "Twin", headers: { "x-a": "${secret:route}", "x-b": "${env:EVIL_TEST_KEY}" } },
      { id: "variable", key: env },
      { id: "file", key: { from: "file", path: "~/.ssh/id_rsa" } },
      { id: "command", key: { from: "command", command: ["sh", "-c", steal] } },
      { id: "keychain", key: { from: "keychain", service: "qwen", account: "me" } },
      { id: "link", key: { from: "env", name: "TEAM", file: ".env" } },
      { id: "up", key: { from: "env", name: "TEAM", file: "../../outside.env" } },
      { id: "proxied", baseUrl: own.baseUrl, proxy: proxy.origin, key: env },
      { id: "proxied-mine", baseUrl: own.baseUrl, proxy: proxy.origin },
      { id: "unchecked", baseUrl: secured.baseUrl, tls: { verify: false }, key: env },
      { id: "authority", baseUrl: secured.baseUrl, tls: { ca: join(home.path, "ca.pem") }, key: env },
      { id: "passphrase", tls: { passphrase: "${secret:route}" }, key: { from: "none" } },
      { id: "hostile", name: hostile, key: { from: "env", name: "EVIL_TEST_NONE" } },
    ];
    const usual = { baseUrl: evil.baseUrl, models: { chat: "m", embedding: "m" }, checkEverySeconds: 1 };
    return entries.map((entry) => ({ ...usual, ...entry }));
  };

  it("lets the user's own endpoints work", async () => {
    await runOn(workbench, "Qwen: Set API Key", "Mine");
    await pick(workbench, "API key");
    await workbench.answerQuickInput(secrets["the stored key"]);
    await until("the key is sent", () => own.received().includes(secrets["the stored key"]));
    await runOn(workbench, "Qwen: Set API Key", "Mine");
    await pick(workbench, "route");
    await workbench.answerQuickInput(secrets["a named secret"]);
    await execute("qwen.refresh");
    await until("the named secret is sent", () => own.received().includes(secrets["a named secret"]));
    await until("the variable is sent", () => own.received().includes(secrets["an environment variable"]));
    await until("the redirect was seen", () =>
      hopping.received().includes(secrets["the key of a server that redirects"]),
    );
  });

  it("may suggest endpoints, which are asked, each without any key", async function () {
    this.timeout(300_000);
    for (const id of ["mine", "hops", ...suggestions().map((each) => (each as { readonly id: string }).id)]) {
      await execute("qwen.testEndpoint", id, { depth: "basic" });
      await execute("qwen.listModels", id);
      await workbench.press("Escape");
      await execute("qwen.sendChat", { endpoint: id, prompt: "Hello" });
      await execute("qwen.embedSelection", id, "a text");
      await execute("qwen.showReport", id);
    }
    for (const tap of [evil, secured]) {
      assert.match(tap.received(), /GET \/v1\/models/);
      assertNoSecret("a server of the workspace", tap.received());
    }
  });

  it("runs no command", () => assert.ok(!ran()));

  it("gets nothing through a proxy of its choice", () => assert.equal(proxy.connections(), 0));

  it("gets nothing by a redirect of the user's own server", () => {
    // A test that finds a redirect asks its target, without the key, to say whether it is the right address.
    assertNoSecret("where a redirect leads", elsewhere.received());
  });

  it("gets nothing by fixes that somebody makes up", async function () {
    this.timeout(300_000);
    const fixes: readonly (readonly [string, object])[] = [
      ["mine", { kind: "set-base-url", baseUrl: evil.baseUrl }],
      ["keyed", { kind: "set-base-url", baseUrl: evil.baseUrl }],
      ["mine", { kind: "allow-key-for-origin", origin: evil.origin }],
      ["keyed", { kind: "allow-key-for-origin", origin: evil.origin }],
      ["mine", { kind: "allow-plain-http", origin: evil.origin }],
      ["mine", { kind: "try-region", region: "near", baseUrl: evil.baseUrl }],
      ["mine", { kind: "run-command", command: `touch ${join(home.path, "ran")}\n` }],
      ["command", { kind: "allow-key-for-origin", origin: evil.origin }],
    ];
    const before = evil.connections();
    for (const [endpointId, fix] of fixes) {
      const applied = execute("qwen.applyFix", { endpointId, fix });
      await dismissing(workbench, applied, JSON.stringify(fix));
      await execute("qwen.testEndpoint", endpointId, { depth: "basic" });
    }
    await until("the moved endpoints are asked", () => evil.connections() > before);
    // A terminal takes a moment to be there.
    await workbench.page.locator(".terminal-wrapper.active, .part.panel .xterm").first().waitFor();
    await execute("qwen.testAllEndpoints");
    assertNoSecret("the workspace's server", evil.received());
    assert.ok(!ran());
    await workbench.changeSettings({ "qwen.endpoints": userEndpoints() });
  });

  it("shows its names as text: no markup, no link, no hidden line", async () => {
    const asked = execute("qwen.applyFix", {
      endpointId: "hostile",
      fix: { kind: "allow-key-for-origin", origin: evil.origin },
    });
    const dialog = workbench.page.locator(".monaco-dialog-box");
    await dialog.waitFor();
    const shown = [await dialog.innerText(), await workbench.page.locator(".part.sidebar").innerText()];
    await dismissing(workbench, asked, "the question");
    for (const frame of workbench.page.frames()) {
      assert.equal(await frame.locator("img[src='x']").count(), 0);
      assert.equal(await frame.locator("[href^='command:qwen'], [data-href^='command:qwen']").count(), 0);
    }
    for (const text of shown) {
      assert.ok(!text.includes("\u202e"), text);
      assert.doesNotMatch(text, /^\s*Trusted: yes/m);
    }
  });

  it("learns nothing from a command that fails with an error that quotes the key", async () => {
    for (const name of known) {
      for (const command of ["qwen.testEndpoint", "qwen.applyFix", "qwen.sendChat", "qwen.addEndpoint"]) {
        returned.push(await other.executeThrowing(command, `it was ${secrets[name]}`));
      }
    }
    await workbench.runCommand("Qwen: Show Log");
    await workbench.page.locator(".part.panel .view-lines").first().waitFor();
  });

  it("finds no secret returned, copied, shown, logged or written", async () => {
    const clipboard: string[] = [];
    for (const id of ["mine", "keyed", "twin"]) {
      await execute("qwen.copyBaseUrl", id);
      clipboard.push(await other.clipboard());
    }
    assertNoSecret("what commands returned", JSON.stringify(returned));
    assertNoSecret("the clipboard", clipboard.join("\n"));
    for (const [place, text] of await everythingWritten(workbench)) assertNoSecret(place, text);
    for (const tap of [evil, secured, elsewhere, proxy]) assertNoSecret(tap.origin, tap.received());
  });
});

/** A folder and a file may be called so. */
const hostileName = "[x](command:qwen.clearApiKey) <b>";

function assertNoSecret(place: string, text: string): void {
  for (const [name, secret] of Object.entries(secrets)) {
    const [found] = huntSecret(secret, text);
    assert.equal(found?.slice(0, 100), undefined, `${name} in ${place}`);
  }
}

/** Says no to whatever is asked until the command is done. */
async function dismissing({ page }: Workbench, running: Promise<void>, what: string): Promise<void> {
  const state = { isDone: false };
  void running.finally(() => (state.isDone = true));
  for (let tries = 0; !state.isDone && tries < 300; tries++) {
    await page.keyboard.press("Escape");
    await page.waitForTimeout(200);
  }
  assert.ok(state.isDone, `${what} still waits for a person who says no`);
  await running;
}
