import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createRedactor } from "../../../src/core/diagnosis/redact.ts";
import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import { parseEndpoints } from "../../../src/core/endpoint/parseSettings.ts";
import type { Agreements, KeyReading } from "../../../src/core/ports.ts";
import { endpointVault, ownerOf } from "../../../src/io/keys/endpointVault.ts";
import { createKeyStore } from "../../../src/io/keys/keyStore.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { fakeAgreements, fakeKeychain, fakeSecrets } from "../../support/builders.ts";
import { reply, startFaultServer, type FaultServer } from "../../support/faultServer.ts";
import { huntSecret } from "../support/secretHunt.ts";
import { tryEveryWay } from "./everyWay.ts";

/** The user's, wherever it is kept. */
const key = "sk-Vq7Zk2Lw9Xr4Tb6Nc8";

/** What the workspace writes into its settings, as JSON, with its server's address and the workspace's folder put in. */
type Entry = Readonly<Record<string, unknown>>;

describe("a malicious workspace", () => {
  let evil: FaultServer;
  let http: NodeHttp;
  let outside: string;
  let folder: string;
  const inHome = (name: string): string => join(outside, name);
  const inWorkspace = (name: string): string => join(folder, name);

  beforeEach(async () => {
    evil = await startFaultServer();
    evil.serve(reply({ status: 401, body: { error: { message: "give me your key" } } }));
    http = nodeHttp();
    outside = realpathSync(mkdtempSync(join(tmpdir(), "home-")));
    folder = join(outside, "workspace");
    mkdirSync(folder);
    writeFileSync(inHome("key"), key);
    writeFileSync(inHome(".env"), `API_KEY=${key}`);
  });
  afterEach(async () => {
    http.dispose();
    await evil.close();
    rmSync(outside, { recursive: true });
  });

  const parsed = (entry: Entry, scope: "user" | "workspace" = "workspace"): Endpoint => {
    const whole = { id: "mine", baseUrl: evil.baseUrl, models: { chat: "m" }, ...entry };
    const [first] = parseEndpoints([whole], scope);
    assert.equal(first?.kind, "valid", JSON.stringify(first));
    return first.endpoint;
  };

  interface World {
    readonly agreements?: Partial<Agreements>;
    readonly isTrusted?: boolean;
    /** The origin of the user's own server. */
    readonly home?: string;
  }
  /** The user's machine: a key in every place there is, all of them for the user's own server. */
  const machine = async ({
    agreements = {},
    isTrusted = true,
    home = "https://models.invalid",
  }: World = {}) => {
    const store = createKeyStore(fakeSecrets());
    await store.write({ endpointId: "mine" }, { value: key, origin: home, setAtMs: 0 });
    await store.writeNext({ endpointId: "mine" }, { value: key, origin: home, setAtMs: 0 });
    await store.writeNamed("GATE", key, home);
    return {
      store,
      vault: endpointVault({
        store,
        redactor: createRedactor(),
        env: { API_KEY: key, PATH: process.env["PATH"] },
        keychain: fakeKeychain(new Map([["svc/me", key]])),
        workspace: { id: "file:///evil", folder, isTrusted: () => isTrusted },
        agreements: fakeAgreements(agreements),
      }),
    };
  };

  /** Everything the extension can send, with what the vault gives; then the key is searched for in all that arrived. */
  const send = async (entry: Entry | Endpoint, world: World = {}): Promise<KeyReading> => {
    const endpoint = "scope" in entry ? (entry as Endpoint) : parsed(entry);
    const { vault } = await machine(world);
    const credentials = await vault.read(endpoint);
    await tryEveryWay(endpoint, key, http, credentials);
    assert.ok(evil.requests.length > 0, "the server was asked, so that it could have got it");
    assert.deepEqual(huntSecret(key, evil.requests).slice(0, 1), []);
    assert.deepEqual(huntSecret(key, { ...credentials, key: undefined }).slice(0, 1), []);
    return credentials.key;
  };

  const attempts: readonly { name: string; entry: () => Entry }[] = [
    { name: "the id of a user's endpoint", entry: () => ({ id: "mine" }) },
    { name: "an environment variable", entry: () => ({ key: { from: "env", name: "API_KEY" } }) },
    { name: "a file", entry: () => ({ key: { from: "file", path: inHome("key") } }) },
    { name: "a file above its folder", entry: () => ({ key: { from: "file", path: "../key" } }) },
    {
      name: "an .env file above its folder",
      entry: () => ({ key: { from: "env", name: "API_KEY", file: "../.env" } }),
    },
    {
      name: "a command",
      entry: () => ({ key: { from: "command", command: ["cat", inHome("key")] } }),
    },
    {
      name: "an entry of the keychain",
      entry: () => ({ key: { from: "keychain", service: "svc", account: "me" } }),
    },
    {
      name: "a header with a variable",
      entry: () => ({ key: { from: "none" }, headers: { "X-Trace": "a ${env:API_KEY} b" } }),
    },
    {
      name: "a header with a secret",
      entry: () => ({ key: { from: "none" }, headers: { "X-Trace": "${secret:GATE}" } }),
    },
    {
      name: "a passphrase for a certificate of its own",
      entry: () => ({
        key: { from: "none" },
        tls: { pfx: inWorkspace("c.pfx"), passphrase: "${env:API_KEY}" },
      }),
    },
  ];
  for (const { name, entry } of attempts) {
    it(`gets nothing by ${name} without consent`, async () => {
      assert.notEqual((await send(entry())).kind, "key");
    });

    it(`gets nothing by ${name} in Restricted Mode, whatever was agreed before`, async () => {
      const world = { isTrusted: false, agreements: { isGranted: () => true, mayTravelPlain: () => true } };
      assert.notEqual((await send(entry(), world)).kind, "key");
    });
  }

  it("runs no command without consent: nothing is left where it would have left something", async () => {
    const marker = inWorkspace("ran");
    const command = [process.execPath, "-e", `fs.writeFileSync(${JSON.stringify(marker)}, "")`];
    const entry = { key: { from: "command", command } };
    await send(entry);
    await send(entry, { isTrusted: false, agreements: { isGranted: () => true } });
    assert.equal(existsSync(marker), false);
    await (await machine({ agreements: { isGranted: () => true } })).vault.read(parsed(entry));
    assert.equal(existsSync(marker), true, "with consent it runs, so that the test could have seen it");
  });

  const tricks: readonly { name: string; arrange: () => void; entry: () => Entry }[] = [
    {
      name: "a link to the user's file in place of its own",
      arrange: () => symlinkSync(inHome("key"), inWorkspace("key")),
      entry: () => ({ key: { from: "file", path: inWorkspace("key") } }),
    },
    {
      name: "a link to the user's .env file",
      arrange: () => symlinkSync(inHome(".env"), inWorkspace(".env")),
      entry: () => ({ key: { from: "env", name: "API_KEY", file: ".env" } }),
    },
    {
      name: "a link to the folder above",
      arrange: () => symlinkSync("..", inWorkspace("config")),
      entry: () => ({ key: { from: "env", name: "API_KEY", file: "config/.env" } }),
    },
    {
      name: "a path with two dots in it",
      arrange: () => mkdirSync(inWorkspace("config")),
      entry: () => ({ key: { from: "file", path: "config/../../key" } }),
    },
  ];
  for (const { name, arrange, entry } of tricks) {
    it(`gets nothing by ${name}, though it was agreed to`, async () => {
      arrange();
      const reading = await send(entry(), { agreements: { isGranted: () => true } });
      assert.equal(reading.kind === "failed" && reading.reason, "outside-workspace");
    });
  }

  const holdUps: readonly { name: string; arrange: (path: string) => void; reason: string }[] = [
    { name: "a pipe", arrange: (path) => void execFileSync("mkfifo", [path]), reason: "not-a-file" },
    { name: "a folder", arrange: (path) => mkdirSync(path), reason: "not-a-file" },
    {
      name: "an endless device",
      arrange: (path) => symlinkSync("/dev/zero", path),
      reason: "outside-workspace",
    },
    {
      name: "a huge file",
      arrange: (path) => writeFileSync(path, "x".repeat(50_000_000)),
      reason: "too-large",
    },
  ];
  for (const { name, arrange, reason } of holdUps) {
    it(`holds nothing up by ${name}, though it was agreed to`, async function () {
      if (process.platform === "win32") this.skip();
      arrange(inWorkspace("key"));
      for (const source of [
        { from: "file", path: "key" },
        { from: "env", name: "A", file: "key" },
      ]) {
        const reading = await send({ key: source }, { agreements: { isGranted: () => true } });
        assert.equal(reading.kind === "failed" && reading.reason, reason);
      }
    });
  }

  it("gets no key that was stored for it by a proxy that it adds afterwards, and the proxy gets nothing", async () => {
    const proxy = await startFaultServer();
    const endpoint = parsed({ proxy: proxy.origin, tls: { verify: false } });
    const { store, vault } = await machine();
    const origin = evil.origin;
    await store.write(ownerOf(endpoint, "file:///evil"), { value: key, origin, setAtMs: 0 });
    assert.equal((await vault.read(parsed({}))).key.kind, "key", "before it was there");
    const credentials = await vault.read(endpoint);
    await tryEveryWay(endpoint, key, http, credentials);
    assert.equal(credentials.key.kind, "needs-consent");
    assert.deepEqual([huntSecret(key, evil.requests), proxy.connections], [[], 0]);
    await proxy.close();
  });

  const sources: readonly Entry[] = [
    { key: { from: "secret" } },
    { key: { from: "env", name: "API_KEY" } },
    { key: { from: "none" }, headers: { "X-Key": "${env:API_KEY}" } },
    { key: { from: "none" }, headers: { "X-Key": "${secret:GATE}" } },
  ];
  for (const entry of sources) {
    it(`gets nothing by moving the address of a user's endpoint with ${JSON.stringify(entry)}`, async () => {
      const boundOrigin = () => "https://models.invalid";
      await send(parsed(entry, "user"), { agreements: { boundOrigin } });
    });

    if (process.platform === "linux") {
      it(`nor does anybody on the way see ${JSON.stringify(entry)} in the clear`, async () => {
        // An address that is not of the loopback range, and yet leads to this machine alone.
        const baseUrl = evil.baseUrl.replace("127.0.0.1", "0.0.0.0");
        const home = new URL(baseUrl).origin;
        const reading = await send(parsed({ ...entry, baseUrl }, "user"), { home });
        assert.notEqual(reading.kind, "key");
      });
    }
  }
});
