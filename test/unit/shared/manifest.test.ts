import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { parseEndpoints } from "../../../src/core/endpoint/parseSettings.ts";
import { type CommandId, type ContextKey, settingsSection, viewId } from "../../../src/shared/manifest.ts";
import { type JsonSchema, matches } from "../../support/jsonSchema.ts";

interface MenuItem {
  readonly command: string;
  readonly submenu?: string;
  readonly when?: string;
}

interface Manifest {
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly when: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly configuration: {
      readonly properties: Readonly<Record<string, JsonSchema & { readonly scope?: string }>>;
    };
  };
}

const read = (name: string): string => readFileSync(new URL(`../../../${name}`, import.meta.url), "utf8");

const manifestText = read("package.json");
const { capabilities, contributes } = JSON.parse(manifestText) as Manifest;
const english = JSON.parse(read("package.nls.json")) as Readonly<Record<string, string>>;
const chinese = JSON.parse(read("package.nls.zh-cn.json")) as Readonly<Record<string, string>>;

/** All ids of the typed list; one too few or too many does not compile. */
const commandIds = Object.keys({
  "qwen.testEndpoint": true,
  "qwen.testAllEndpoints": true,
  "qwen.addEndpoint": true,
  "qwen.editEndpoint": true,
  "qwen.removeEndpoint": true,
  "qwen.setApiKey": true,
  "qwen.clearApiKey": true,
  "qwen.manageApiKey": true,
  "qwen.rotateApiKey": true,
  "qwen.copyApiKey": true,
  "qwen.moveApiKey": true,
  "qwen.listModels": true,
  "qwen.askAboutSelection": true,
  "qwen.askAboutSelectionWith": true,
  "qwen.embedSelection": true,
  "qwen.newChat": true,
  "qwen.compareModels": true,
  "qwen.sendChat": true,
  "qwen.discoverEndpoints": true,
  "qwen.startDemoEndpoint": true,
  "qwen.stopDemoEndpoint": true,
  "qwen.refresh": true,
  "qwen.showLog": true,
  "qwen.showUsageReport": true,
  "qwen.openAuditLog": true,
  "qwen.exportAuditLog": true,
  "qwen.deleteAuditLog": true,
  "qwen.openSettings": true,
  "qwen.copyBaseUrl": true,
  "qwen.showReport": true,
  "qwen.applyFix": true,
} satisfies Record<CommandId, true>);

const contextKeys = Object.keys({
  "qwen.ready": true,
  "qwen.hasRows": true,
  "qwen.hasEndpoints": true,
  "qwen.demoRunning": true,
} satisfies Record<ContextKey, true>);

const sorted = (texts: Iterable<string>): readonly string[] => [...new Set(texts)].sort();

const menuItems = Object.values(contributes.menus).flat();
const whens = [...menuItems, ...contributes.viewsWelcome].map(({ when = "" }) => when);

describe("package.json", () => {
  it("contributes the commands of the typed list, each once and under Qwen", () => {
    const ids = contributes.commands.map(({ command }) => command);
    assert.deepEqual([...ids].sort(), sorted(commandIds));
    assert.ok(contributes.commands.every(({ category }) => category === "Qwen"));
  });

  it("puts only its own commands into menus", () => {
    const strange = menuItems.filter(
      ({ command, submenu }) => submenu === undefined && !commandIds.includes(command),
    );
    assert.deepEqual(strange, []);
    const submenus = menuItems.flatMap(({ submenu }) => submenu ?? []);
    assert.ok(submenus.every((submenu) => submenu in contributes.menus));
  });

  it("uses the context keys of the typed list in its conditions, and all of them", () => {
    const used = whens.flatMap((when) => when.match(/(?<![=~]\s*)\bqwen\.[A-Za-z]+/g) ?? []);
    assert.deepEqual(sorted(used.filter((key) => key !== viewId)), sorted(contextKeys));
  });

  it("asks in its conditions for rows that the tree has", () => {
    const rows = /^(endpoint-(configured|demo)(-reported)?|invalid|fix|finding|key|model|text)$/;
    const values = whens.flatMap((when) =>
      [...when.matchAll(/viewItem == (\S+)/g)].map(([, value = ""]) => value),
    );
    assert.ok(values.length > 0);
    assert.deepEqual(
      values.filter((value) => !rows.test(value)),
      [],
    );
    for (const [, pattern = ""] of whens.flatMap((when) => [...when.matchAll(/viewItem =~ \/(.*?)\//g)])) {
      const contexts = ["endpoint-configured", "endpoint-demo", "endpoint-configured-reported"];
      assert.ok(
        contexts.some((context) => new RegExp(pattern).test(context)),
        pattern,
      );
    }
  });

  it("contributes the one view, and welcomes in it", () => {
    const views = Object.values(contributes.views).flat();
    assert.deepEqual(
      views.map(({ id }) => id),
      [viewId],
    );
    assert.ok(contributes.viewsWelcome.every(({ view }) => view === viewId));
  });

  it("keeps its settings in its section, each with a default", () => {
    for (const [name, schema] of Object.entries(contributes.configuration.properties)) {
      assert.ok(name.startsWith(`${settingsSection}.`), name);
      assert.notEqual(schema.default, undefined, name);
    }
  });

  it("leaves to a workspace that is not trusted only settings that can do no harm", () => {
    const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
    const left = Object.entries(contributes.configuration.properties)
      .filter(([name, { scope }]) => scope !== "application" && !restrictedConfigurations.includes(name))
      .map(([name]) => name);
    // How fast a server on this machine answers, which has no model and no key.
    assert.deepEqual(left, ["qwen.demo.tokensPerSecond"]);
  });

  it("restricts settings that there are, and none that no workspace can set anyhow", () => {
    const scopes = capabilities.untrustedWorkspaces.restrictedConfigurations.map(
      (name) => contributes.configuration.properties[name]?.scope ?? "window",
    );
    assert.deepEqual(sorted(scopes), ["window"]);
    assert.ok(
      capabilities.untrustedWorkspaces.restrictedConfigurations.every(
        (name) => name in contributes.configuration.properties,
      ),
    );
  });

  it("has a text for every %key% and no other, in both languages", () => {
    const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key = ""]) => key);
    assert.deepEqual(sorted(Object.keys(english)), sorted(used));
    assert.deepEqual(sorted(Object.keys(chinese)), sorted(used));
  });

  it("links from its texts only to its own commands", () => {
    for (const text of [...Object.values(english), ...Object.values(chinese)]) {
      const links = [...text.matchAll(/command:([\w.]+)/g)].map(([, id = ""]) => id);
      assert.deepEqual(
        links.filter((id) => !commandIds.includes(id)),
        [],
      );
    }
  });

  it("carries every link and placeholder of a text over into Chinese", () => {
    const marks = (text = ""): readonly string[] =>
      sorted(text.match(/command:[\w.]+|#[\w.]+#|`[^`]+`/g) ?? []);
    for (const [key, text] of Object.entries(english)) {
      assert.deepEqual(marks(chinese[key]), marks(text), key);
    }
  });
});

describe("the JSON schema of qwen.endpoints and the settings parser", () => {
  const list = contributes.configuration.properties["qwen.endpoints"]!;
  const schema = list.items!;
  const good = { id: "a", baseUrl: "http://localhost:8000/v1" };

  it("fill in the same defaults", () => {
    const [entry] = parseEndpoints([good], "user");
    assert.ok(entry?.kind === "valid");
    const { protocol, key, checkEverySeconds, tls, timeouts } = entry.endpoint;
    const defaults = (of: JsonSchema | undefined): object =>
      Object.fromEntries(
        Object.entries(of?.properties ?? {}).flatMap(([name, each]) =>
          each.default === undefined ? [] : [[name, each.default]],
        ),
      );
    assert.deepEqual(defaults(schema), { protocol, key, checkEverySeconds });
    assert.deepEqual(defaults(schema.properties?.["tls"]), tls);
    assert.deepEqual(defaults(schema.properties?.["timeouts"]), timeouts);
  });

  const agreed: readonly { readonly fields: object; readonly expected: "good" | "bad" }[] = [
    { fields: {}, expected: "good" },
    { fields: { name: "A", protocol: "generate", checkEverySeconds: 0.5 }, expected: "good" },
    { fields: { models: { chat: "c", embedding: "e", rerank: "r" } }, expected: "good" },
    { fields: { key: { from: "secret" } }, expected: "good" },
    { fields: { key: { from: "none" } }, expected: "good" },
    { fields: { key: { from: "env", name: "KEY" } }, expected: "good" },
    { fields: { key: { from: "env", name: "KEY", file: ".env" } }, expected: "good" },
    { fields: { key: { from: "file", path: "~/key" } }, expected: "good" },
    { fields: { key: { from: "command", command: ["pass", "show", "x"] } }, expected: "good" },
    { fields: { key: { from: "keychain", service: "s", account: "a" } }, expected: "good" },
    { fields: { headers: { "X-Team": "search" } }, expected: "good" },
    { fields: { tls: { ca: "/ca.pem", verify: false } }, expected: "good" },
    { fields: { timeouts: { connectMs: 1, firstByteMs: 1, idleMs: 1, totalMs: 1 } }, expected: "good" },
    { fields: { tls: { cert: "c.pem", key: "k.pem", passphrase: "${secret:p}" } }, expected: "good" },
    { fields: { tls: { pfx: "c.p12", passphrase: "open sesame" } }, expected: "bad" },
    { fields: { proxy: "direct" }, expected: "good" },
    { fields: { proxy: "http://127.0.0.1:3128" }, expected: "good" },
    { fields: { proxy: "socks://127.0.0.1" }, expected: "bad" },
    { fields: { tls: {}, timeouts: {}, models: {}, headers: {} }, expected: "good" },
    { fields: { id: undefined }, expected: "bad" },
    { fields: { id: "a b" }, expected: "bad" },
    { fields: { id: "x".repeat(101) }, expected: "bad" },
    { fields: { id: 1 }, expected: "bad" },
    { fields: { baseUrl: undefined }, expected: "bad" },
    { fields: { baseUrl: "localhost:8000" }, expected: "bad" },
    { fields: { baseUrl: "ftp://a" }, expected: "bad" },
    { fields: { name: "" }, expected: "bad" },
    { fields: { protocol: "grpc" }, expected: "bad" },
    { fields: { models: { chats: "c" } }, expected: "bad" },
    { fields: { models: { chat: "" } }, expected: "bad" },
    { fields: { models: [] }, expected: "bad" },
    { fields: { key: {} }, expected: "bad" },
    { fields: { key: { from: "vault" } }, expected: "bad" },
    { fields: { key: { from: "env" } }, expected: "bad" },
    { fields: { key: { from: "none", name: "KEY" } }, expected: "bad" },
    { fields: { key: { from: "command", command: [] } }, expected: "bad" },
    { fields: { key: { from: "command", command: "pass" } }, expected: "bad" },
    { fields: { key: { from: "keychain", service: "s" } }, expected: "bad" },
    { fields: { headers: { a: 1 } }, expected: "bad" },
    { fields: { headers: [] }, expected: "bad" },
    { fields: { tls: { verify: "no" } }, expected: "bad" },
    { fields: { tls: { insecure: true } }, expected: "bad" },
    { fields: { timeouts: { connectMs: 0 } }, expected: "bad" },
    { fields: { timeouts: { idleMs: 1.5 } }, expected: "bad" },
    { fields: { timeouts: { totalMs: 86_400_001 } }, expected: "bad" },
    { fields: { checkEverySeconds: -1 }, expected: "bad" },
    { fields: { checkEverySeconds: 86_401 }, expected: "bad" },
    { fields: { url: "http://a" }, expected: "bad" },
  ];
  it("disagree on a key in clear: the editor marks it, and the entry is used without it", () => {
    const entry = { ...good, key: "sk-1" };
    assert.ok(!matches(entry, schema));
    const [parsed] = parseEndpoints([entry], "user");
    assert.deepEqual(parsed?.kind === "valid" && parsed.endpoint.exposed, [{ place: "key" }]);
  });

  for (const { fields, expected } of agreed) {
    const shown = JSON.stringify(fields, (_name, value: unknown) => value ?? "(missing)");
    it(`call an entry with ${shown.slice(0, 80)} ${expected}`, () => {
      const entry = JSON.parse(JSON.stringify({ ...good, ...fields })) as unknown;
      assert.equal(matches(entry, schema) ? "good" : "bad", expected, "the schema");
      assert.equal(
        parseEndpoints([entry], "user")[0]?.kind === "valid" ? "good" : "bad",
        expected,
        "the parser",
      );
    });
  }
});
