import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import type { Endpoint, KeySource } from "../../../../src/core/endpoint/endpoint.ts";
import { needsConsent } from "../../../../src/core/keys/consent.ts";
import { nameSource } from "../../../../src/core/keys/keyLabel.ts";
import type { Credentials, KeyReading } from "../../../../src/core/ports.ts";
import { endpointVault, ownerOf } from "../../../../src/io/keys/endpointVault.ts";
import { createKeyStore } from "../../../../src/io/keys/keyStore.ts";
import { anEndpoint, fakeAgreements, fakeKeychain, fakeSecrets } from "../../../support/builders.ts";

const secret = "sk-1234567890";
const mine = "http://localhost:8000";

function bench(world: { env?: Record<string, string>; consent?: "given" | "withheld" } = {}) {
  const redactor = createRedactor();
  const secrets = fakeSecrets();
  const store = createKeyStore(secrets);
  const vault = endpointVault({
    store,
    redactor,
    env: world.env ?? {},
    ...noWorkspace,
    workspace: { ...noWorkspace.workspace, id: "file:///work" },
    agreements: fakeAgreements({ isGranted: () => world.consent === "given" }),
  });
  const read = (changes: Partial<Endpoint> = {}): Promise<Credentials> => vault.read(anEndpoint(changes));
  const readKey = async (key: KeySource): Promise<KeyReading> => (await read({ key })).key;
  return { redactor, secrets, store, read, readKey };
}

const noWorkspace = {
  workspace: { id: undefined, folder: undefined, isTrusted: () => true },
  keychain: fakeKeychain(),
  agreements: fakeAgreements(),
};
const usualCommand = { from: "command", cacheSeconds: 300, timeoutSeconds: 10 } as const;

/** A command that prints this. */
const prints = (text: string): KeySource => ({
  ...usualCommand,
  command: [process.execPath, "-e", `process.stdout.write(${JSON.stringify(text)})`],
});

const runs = (...code: readonly string[]): KeySource => ({
  ...usualCommand,
  command: [process.execPath, "-e", ...code],
});

describe("endpointVault", () => {
  let folder: string;
  const file = (name: string, content?: string | Uint8Array): KeySource => {
    const path = join(folder, name);
    if (content !== undefined) {
      writeFileSync(path, content);
    }
    return { from: "file", path };
  };

  before(() => void (folder = mkdtempSync(join(tmpdir(), "vault-"))));
  after(() => rmSync(folder, { recursive: true }));

  describe("reads a key", () => {
    it("from nowhere when the endpoint needs none", async () => {
      assert.deepEqual(await bench().readKey({ from: "none" }), { kind: "none" });
    });

    it("from the secret storage, at the origin it was entered for", async () => {
      const { store, readKey } = bench();
      assert.deepEqual(await readKey({ from: "secret" }), { kind: "missing", where: "secret" });
      await store.write({ endpointId: "local" }, { value: secret, origin: mine, setAtMs: 0 });
      assert.deepEqual(await readKey({ from: "secret" }), { kind: "key", value: secret, setAtMs: 0 });
    });

    for (const baseUrl of [
      "http://localhost:8001/v1",
      "https://localhost:8000/v1",
      "http://evil.example/v1",
    ]) {
      it(`from the secret storage, but not at ${baseUrl}, which is another origin`, async () => {
        const { store, read } = bench();
        await store.write({ endpointId: "local" }, { value: secret, origin: mine, setAtMs: 0 });
        const { key } = await read({ key: { from: "secret" }, baseUrl });
        assert.deepEqual(key, { kind: "other-origin", origin: mine });
      });
    }

    it("from the secret storage, and finds none in what is no stored key", async () => {
      const { secrets, readKey } = bench();
      for (const text of ["", "sk-plain", "{}", '{"value":1,"origin":"x","setAtMs":0}']) {
        secrets.entries.set("qwen.key.user.local", text);
        assert.equal((await readKey({ from: "secret" })).kind, "missing");
      }
    });

    it("from the environment", async () => {
      const { readKey } = bench({ env: { KEY: secret, EMPTY_KEY: "" } });
      assert.deepEqual(await readKey({ from: "env", name: "KEY" }), { kind: "key", value: secret });
      for (const name of ["EMPTY_KEY", "NO_KEY"]) {
        assert.deepEqual(await readKey({ from: "env", name }), { kind: "missing", where: `env ${name}` });
      }
    });

    const contents: readonly { name: string; content: string | Uint8Array; value: string }[] = [
      { name: "as it is", content: secret, value: secret },
      { name: "with a line end", content: `${secret}\n`, value: secret },
      { name: "with Windows line ends", content: `${secret}\r\n\r\n`, value: secret },
      { name: "with a byte order mark", content: `\ufeff${secret}`, value: secret },
    ];
    for (const { name, content, value } of contents) {
      it(`from a file that holds it ${name}`, async () => {
        assert.deepEqual(await bench().readKey(file("key", content)), { kind: "key", value });
      });
    }

    it("from a file, and says so when it is not there, empty, or none", async () => {
      const { readKey } = bench();
      const where = (name: string): string => `file ${join(folder, name)}`;
      assert.deepEqual(await readKey(file("nope")), {
        kind: "failed",
        where: where("nope"),
        reason: "ENOENT",
      });
      assert.deepEqual(await readKey(file("")), { kind: "failed", where: where(""), reason: "EISDIR" });
      assert.deepEqual(await readKey(file("empty", "\n")), { kind: "missing", where: where("empty") });
    });

    it("from a file below the home folder", async () => {
      const path = `~/qwen-test-${process.pid}`;
      writeFileSync(path.replace("~", homedir()), secret);
      try {
        assert.equal((await bench().readKey({ from: "file", path })).kind, "key");
      } finally {
        rmSync(path.replace("~", homedir()));
      }
    });

    it("from a file without end only as far as a key can be long", async () => {
      const key = await bench().readKey(file("long", "x".repeat(1_000_000)));
      assert.equal(key.kind === "key" && key.value.length, 65_536);
    });

    it("from a command, given as a list, so that no shell reads it", async () => {
      const { readKey } = bench();
      assert.deepEqual(await readKey(prints(`${secret}\n`)), { kind: "key", value: secret });
      const code = "process.stdout.write(process.argv[1])";
      assert.deepEqual(await readKey(runs(code, "$(echo no); `no`")), {
        kind: "key",
        value: "$(echo no); `no`",
      });
    });

    const failures: readonly { name: string; key: KeySource; expected: object }[] = [
      { name: "prints nothing", key: prints(""), expected: { kind: "missing" } },
      { name: "fails", key: runs("process.exit(3)"), expected: { kind: "failed", reason: "3" } },
      {
        name: "is not there",
        key: { ...usualCommand, command: ["/no/such/program"] },
        expected: { kind: "failed", reason: "ENOENT" },
      },
      {
        name: "prints without end",
        key: runs("process.stdout.write('x'.repeat(1e6))"),
        expected: { kind: "failed", reason: "ERR_CHILD_PROCESS_STDIO_MAXBUFFER" },
      },
      {
        name: "is ended by a signal",
        key: runs("process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 1e4)"),
        expected: { kind: "failed", reason: "SIGKILL" },
      },
    ];
    for (const { name, key, expected } of failures) {
      it(`from a command, and says so when it ${name}`, async () => {
        assert.deepEqual(await bench().readKey(key), { where: nameSource(key), ...expected });
      });
    }

    it("from a command only once in five minutes", async () => {
      const { readKey } = bench();
      const key = runs("process.stdout.write(String(process.hrtime.bigint()))");
      assert.deepEqual(await readKey(key), await readKey(key));
    });

    it("from a command again after it failed", async () => {
      const { readKey } = bench();
      const path = join(folder, "later");
      const key = runs(`process.stdout.write(require("node:fs").readFileSync(${JSON.stringify(path)}))`);
      assert.equal((await readKey(key)).kind, "failed");
      writeFileSync(path, secret);
      assert.equal((await readKey(key)).kind, "key");
    });

    it("and fails with a reason, never with an exception, when the secret storage is broken", async () => {
      const { secrets, store, redactor } = bench();
      const broken = { ...secrets, get: () => Promise.reject(new Error(`locked: ${secret}`)) };
      const ports = { ...noWorkspace, redactor, env: {} };
      const vault = endpointVault({ ...ports, store: { ...store, ...createKeyStore(broken) } });
      const headers = { "X-Key": "${secret:NAME}", "X-Team": "search" };
      const credentials = await vault.read(anEndpoint({ key: { from: "secret" }, headers }));
      assert.deepEqual(credentials, {
        key: { kind: "failed", where: "secret", reason: "failed" },
        headers: { "X-Team": "search" },
      });
    });
  });

  it("makes known to the redactor whatever it reads", async () => {
    const { redactor, store, read } = bench({ env: { TEAM: "team-secret" } });
    await store.writeNamed("GATE", "gate-secret", "http://localhost:8000");
    await read({
      key: prints(` ${secret} `),
      headers: { a: "${env:TEAM}", b: "x ${secret:GATE}" },
    });
    assert.equal(redactor.clean(`${secret} team-secret gate-secret`), "••• ••• •••");
  });

  describe("fills in headers", () => {
    const cases: readonly { name: string; value: string; expected: string | undefined }[] = [
      { name: "plain", value: "search", expected: "search" },
      { name: "from the environment", value: "${env:TEAM}", expected: "blue" },
      { name: "from a named secret", value: "Basic ${secret:GATE}", expected: "Basic open" },
      { name: "from both", value: "${env:TEAM}-${secret:GATE}-${env:TEAM}", expected: "blue-open-blue" },
      { name: "from nothing that is there", value: "${env:NOPE}", expected: undefined },
      { name: "from an empty value", value: "x${env:NOTHING}", expected: undefined },
      { name: "partly from nothing", value: "${env:TEAM}${secret:NOPE}", expected: undefined },
      { name: "with a sign for something else", value: "${home} $x ${env}", expected: "${home} $x ${env}" },
      {
        name: "with what only looks like a template once filled",
        value: "${env:TRICK}",
        expected: "${env:TEAM}",
      },
      { name: "with signs that a replacement would read", value: "${env:DOLLAR}", expected: "$&$1" },
    ];
    for (const { name, value, expected } of cases) {
      it(name, async () => {
        const env = { TEAM: "blue", NOTHING: "", TRICK: "${env:TEAM}", DOLLAR: "$&$1" };
        const { store, read } = bench({ env });
        await store.writeNamed("GATE", "open", "http://localhost:8000");
        const { headers } = await read({ headers: { "X-A": value } });
        assert.deepEqual(headers, expected === undefined ? {} : { "X-A": expected });
      });
    }
  });

  describe("of a workspace's endpoint", () => {
    const scope = "workspace" as const;
    const sources: readonly { name: string; key: KeySource }[] = [
      { name: "environment", key: { from: "env", name: "KEY" } },
      { name: "file", key: { from: "file", path: "/etc/hostname" } },
      { name: "command", key: prints(secret) },
      { name: "keychain", key: { from: "keychain", service: "s", account: "a" } },
    ];
    for (const { name, key } of sources) {
      it(`reads no key from a ${name} without consent`, async () => {
        const { read } = bench({ env: { KEY: secret } });
        assert.deepEqual((await read({ scope, key })).key, { kind: "needs-consent", where: nameSource(key) });
      });
    }

    it("runs no command without consent", async () => {
      const path = join(folder, "ran");
      const key = runs(`require("node:fs").writeFileSync(${JSON.stringify(path)}, "")`);
      await bench().read({ scope, key });
      assert.equal((await bench().readKey(file("ran"))).kind, "failed");
    });

    it("reads them with consent", async () => {
      const { read } = bench({ env: { KEY: secret }, consent: "given" });
      const { key } = await read({ scope, key: { from: "env", name: "KEY" } });
      assert.deepEqual(key, { kind: "key", value: secret });
    });

    it("sends plain headers, but fills in none without consent", async () => {
      const headers = { "X-Team": "search", "X-Env": "${env:KEY}", "X-Secret": "${secret:GATE}" };
      const withheld = bench({ env: { KEY: secret } });
      await withheld.store.writeNamed("GATE", "open", "http://localhost:8000");
      assert.deepEqual((await withheld.read({ scope, headers })).headers, { "X-Team": "search" });
      const given = bench({ env: { KEY: secret }, consent: "given" });
      await given.store.writeNamed("GATE", "open", "http://localhost:8000");
      assert.deepEqual((await given.read({ scope, headers })).headers, {
        "X-Team": "search",
        "X-Env": secret,
        "X-Secret": "open",
      });
    });

    it("has its stored key apart from the user's of the same id, and needs no consent for it", async () => {
      const { store, read } = bench();
      await store.write({ endpointId: "local" }, { value: secret, origin: mine, setAtMs: 0 });
      assert.equal((await read({ scope, key: { from: "secret" } })).key.kind, "missing");
      const owner = ownerOf(anEndpoint({ scope }), "file:///work");
      await store.write(owner, { value: "sk-workspace", origin: mine, setAtMs: 0 });
      assert.deepEqual((await read({ scope, key: { from: "secret" } })).key, {
        kind: "key",
        value: "sk-workspace",
        setAtMs: 0,
      });
    });
  });

  it("asks a user's own endpoint for no consent", () => {
    const key: KeySource = { from: "env", name: "KEY" };
    assert.equal(needsConsent(anEndpoint({ key, headers: { a: "${env:KEY}" } })), false);
  });
});
