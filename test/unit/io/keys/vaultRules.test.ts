import assert from "node:assert/strict";

import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import type { Endpoint, KeySource } from "../../../../src/core/endpoint/endpoint.ts";
import type { Agreements } from "../../../../src/core/ports.ts";
import { endpointVault } from "../../../../src/io/keys/endpointVault.ts";
import { createKeyStore } from "../../../../src/io/keys/keyStore.ts";
import { anEndpoint, fakeAgreements, fakeKeychain, fakeSecrets } from "../../../support/builders.ts";

const home = "https://models.example";
const away = "https://evil.example";
const tls = { verify: true };

function bench(agreements: Partial<Agreements> = {}, trust: "given" | "withheld" = "given") {
  const redactor = createRedactor();
  const store = createKeyStore(fakeSecrets());
  const entries = new Map([["svc/me", "sk-keychain"]]);
  const read: string[] = [];
  const keychain = {
    ...fakeKeychain(entries),
    read: (service: string, account: string) => {
      read.push(`${service}/${account}`);
      return Promise.resolve(entries.get(`${service}/${account}`));
    },
  };
  const env: Record<string, string> = {
    KEY: "sk-env",
    OTHER: "sk-other",
    TEAM: "team-secret",
    PASS: "pass-phrase",
  };
  const workspace = { id: "file:///work", folder: "/work", isTrusted: () => trust === "given" };
  const kept = fakeAgreements(agreements);
  const vault = endpointVault({ store, redactor, env, keychain, workspace, agreements: kept });
  const readAt = (origin: string, changes: Partial<Endpoint>) =>
    vault.read(anEndpoint({ baseUrl: `${origin}/v1`, ...changes }));
  return { redactor, store, env, read, agreements: kept, readAt };
}

const inKeychain: KeySource = { from: "keychain", service: "svc", account: "me" };
const inEnv: KeySource = { from: "env", name: "KEY" };

describe("the vault binds a source to the origin it was first used for", () => {
  const sources: readonly { name: string; changes: Partial<Endpoint> }[] = [
    { name: "an environment variable", changes: { key: inEnv } },
    { name: "a keychain entry", changes: { key: inKeychain } },
    {
      name: "a command",
      changes: {
        key: {
          from: "command",
          command: [process.execPath, "-p", "'sk-command'"],
          cacheSeconds: 0,
          timeoutSeconds: 600,
        },
      },
    },
    { name: "a file", changes: { key: { from: "file", path: import.meta.filename } } },
    { name: "a header's variable", changes: { headers: { "X-Team": "${env:TEAM}" } } },
    {
      name: "a passphrase's variable",
      changes: { tls: { ...tls, pfx: "/c.pfx", passphrase: "${env:PASS}" } },
    },
  ];
  for (const { name, changes } of sources) {
    it(`${name} is not sent elsewhere until it is bound anew, and then no longer to the first`, async () => {
      const { readAt, agreements } = bench();
      const first = await readAt(home, changes);
      assert.notEqual(first.key.kind, "other-origin");
      assert.deepEqual(await readAt(away, changes), {
        key: { kind: "other-origin", origin: home },
        headers: {},
      });
      assert.deepEqual(await readAt(home, changes), first, "asking did not bind it");
      // What KeyHolder.bind does; its names are tested there.
      const moved = bench({ ...agreements, boundOrigin: () => away });
      assert.equal((await moved.readAt(home, changes)).key.kind, "other-origin");
      assert.deepEqual({ ...(await moved.readAt(away, changes)) }, first);
    });
  }

  it("does not even read it for another origin", async () => {
    const { readAt, read } = bench();
    await readAt(home, { key: inKeychain });
    await readAt(away, { key: inKeychain });
    assert.deepEqual(read, ["svc/me"]);
  });

  it("keeps the endpoint's other headers, and no secret one", async () => {
    const { readAt } = bench();
    const headers = { "X-Team": "search", "X-Key": "${env:TEAM}", Authorization: "Token abc" };
    await readAt(home, { key: inEnv, headers });
    assert.deepEqual((await readAt(away, { key: inEnv, headers })).headers, { "X-Team": "search" });
  });

  it("sends no stored key either when another of the endpoint's sources is bound elsewhere", async () => {
    const { readAt, store } = bench();
    const headers = { "X-Key": "${env:TEAM}" };
    await readAt(home, { headers });
    await store.write({ endpointId: "local" }, { value: "sk-stored", origin: away, setAtMs: 0 });
    const { key } = await readAt(away, { key: { from: "secret" }, headers });
    assert.deepEqual(key, { kind: "other-origin", origin: home });
  });

  it("takes another variable for another source", async () => {
    const { readAt } = bench();
    await readAt(home, { key: inEnv });
    const { key } = await readAt(away, { key: { from: "env", name: "OTHER" } });
    assert.deepEqual(key, { kind: "key", value: "sk-other" });
  });

  it("keeps the bindings of two endpoints apart", async () => {
    const { readAt } = bench();
    await readAt(home, { key: inEnv });
    assert.equal((await readAt(away, { id: "second", key: inEnv })).key.kind, "key");
  });

  it("does not bind what holds nothing yet", async () => {
    const { readAt, env } = bench();
    const key: KeySource = { from: "env", name: "LATER" };
    assert.equal((await readAt(home, { key })).key.kind, "missing");
    env["LATER"] = "sk-later";
    assert.equal((await readAt(away, { key })).key.kind, "key");
  });
});

describe("the vault sends nothing secret in the clear to another machine", () => {
  const plain = "http://10.0.0.7:8000";
  const headers = {
    "X-Team": "search",
    "X-Key": "${env:TEAM}",
    Authorization: "Token abc",
    "api-key": "abc",
    "X-API-Key": "abc",
    Cookie: "a=b",
  };

  it("without the user's word for that origin", async () => {
    const { readAt, read } = bench();
    assert.deepEqual(await readAt(plain, { key: inKeychain, headers }), {
      key: { kind: "plain-http", origin: plain },
      headers: { "X-Team": "search" },
    });
    assert.deepEqual(read, [], "and reads nothing");
  });

  it("with that word all of it", async () => {
    const { readAt } = bench({ mayTravelPlain: (origin) => origin === plain });
    const sent = await readAt(plain, { key: inKeychain, headers });
    assert.deepEqual(sent, {
      key: { kind: "key", value: "sk-keychain" },
      headers: { ...headers, "X-Key": "team-secret" },
    });
  });

  for (const header of Object.keys(headers).filter((name) => name !== "X-Team")) {
    it(`holds back ${header} where there is no key`, async () => {
      const value = headers[header as keyof typeof headers];
      const { key, headers: sent } = await bench().readAt(plain, { headers: { [header]: value } });
      assert.deepEqual([key.kind, sent], ["plain-http", {}]);
    });
  }

  it("holds back a header in which the parser found a key", async () => {
    const exposed = [{ place: "header", name: "x-mine" }] as const;
    const sent = await bench().readAt(plain, { headers: { "X-Mine": "sk-plain" }, exposed });
    assert.deepEqual([sent.key.kind, sent.headers], ["plain-http", {}]);
  });

  it("asks nothing where there is nothing secret", async () => {
    const { readAt } = bench();
    const open = { headers: { "X-Team": "search" } };
    assert.deepEqual((await readAt(plain, open)).key, { kind: "none" });
    const secret = await readAt(plain, { ...open, key: { from: "secret" } });
    assert.equal(secret.key.kind, "missing");
  });

  const loopback = [
    "http://127.0.0.1:8000",
    "http://localhost:8000",
    "http://[::1]:8000",
    "https://10.0.0.7",
  ];
  for (const origin of loopback) {
    it(`and to ${origin} as always`, async () => {
      assert.equal((await bench().readAt(origin, { key: inEnv })).key.kind, "key");
    });
  }

  it("nor to a proxy on the way to this machine", async () => {
    const { readAt } = bench();
    const { key } = await readAt("http://127.0.0.1:8000", { key: inEnv, proxy: "http://proxy.example:3128" });
    assert.deepEqual(key, { kind: "plain-http", origin: "http://proxy.example:3128" });
    for (const proxy of ["direct", "http://127.0.0.1:3128"]) {
      assert.equal((await readAt("http://127.0.0.1:8000", { key: inEnv, proxy })).key.kind, "key");
    }
  });
});

describe("the vault and a workspace's endpoint", () => {
  const scope = "workspace" as const;
  const secretKey: KeySource = { from: "secret" };
  const suspicious: readonly { name: string; changes: Partial<Endpoint> }[] = [
    { name: "a passphrase", changes: { tls: { ...tls, passphrase: "${env:PASS}" } } },
    { name: "a client certificate", changes: { tls: { ...tls, cert: "/c.pem", key: "/k.pem" } } },
    { name: "a PKCS#12 file", changes: { tls: { ...tls, pfx: "/c.pfx" } } },
    { name: "an authority of its own", changes: { key: secretKey, tls: { ...tls, ca: "/ca.pem" } } },
    { name: "no check of certificates", changes: { key: secretKey, tls: { verify: false } } },
    { name: "a proxy", changes: { key: secretKey, proxy: "http://evil.example:3128" } },
    { name: "an environment variable", changes: { key: inEnv } },
    { name: "a header's template", changes: { headers: { "X-A": "${secret:GATE}" } } },
  ];
  for (const { name, changes } of suspicious) {
    it(`needs the user's consent for ${name}, and gets nothing without`, async () => {
      const { store, readAt } = bench();
      const owner = { endpointId: "local", workspaceId: "file:///work" };
      await store.write(owner, { value: "sk-stored", origin: home, setAtMs: 0 });
      await store.writeNamed("GATE", "open", home);
      const withheld = await readAt(home, { scope, ...changes });
      assert.equal(withheld.key.kind, "needs-consent");
      assert.deepEqual({ ...withheld, key: undefined }, { key: undefined, headers: {} });
      const given = bench({ isGranted: () => true });
      assert.equal((await given.readAt(home, { scope, ...changes })).consent, "given");
    });
  }

  it("needs none for a proxy or an authority where there is no key that others could read", async () => {
    const { readAt } = bench();
    const changes = { proxy: "http://proxy.example:3128", tls: { verify: false, ca: "/ca.pem" } };
    assert.deepEqual(await readAt(home, { scope, ...changes }), {
      key: { kind: "none" },
      headers: {},
      consent: "given",
    });
  });

  it("is asked again when anything it reaches for becomes something else", async () => {
    const granted = new Set<string>();
    const { readAt } = bench({
      isGranted: (name) => granted.size === 0 || granted.has(name),
    });
    const names: string[] = [];
    const noting = bench({ isGranted: (name) => names.push(name) > 0 });
    const agreed: Partial<Endpoint> = { scope, key: inEnv };
    await noting.readAt(home, agreed);
    names.forEach((name) => granted.add(name));
    assert.equal((await readAt(home, agreed)).key.kind, "key");
    const others: readonly Partial<Endpoint>[] = [
      { key: { from: "env", name: "OTHER" } },
      { headers: { "X-A": "b" } },
      { tls: { verify: false } },
      { tls: { ...tls, ca: "/ca.pem" } },
      { proxy: "http://evil.example" },
      { id: "second" },
    ];
    for (const other of others) {
      const { key } = await readAt(home, { ...agreed, ...other });
      assert.equal(key.kind, "needs-consent", JSON.stringify(other));
    }
    assert.equal((await readAt(away, agreed)).key.kind, "needs-consent");
  });

  it("gets nothing at all in Restricted Mode, whatever was agreed", async () => {
    const { readAt, read } = bench({ isGranted: () => true }, "withheld");
    const headers = { "X-Team": "search", "X-Key": "${env:TEAM}" };
    assert.deepEqual(await readAt(home, { scope, key: inKeychain, headers }), {
      key: { kind: "failed", where: "keychain svc/me", reason: "untrusted-workspace" },
      headers: {},
    });
    assert.deepEqual(read, []);
  });

  it("never shares an owner with the user's, not even where no workspace has a name", async () => {
    const store = createKeyStore(fakeSecrets());
    await store.write({ endpointId: "local" }, { value: "sk-user", origin: home, setAtMs: 0 });
    const workspace = { id: undefined, folder: undefined, isTrusted: () => true };
    const ports = { store, redactor: createRedactor(), env: {}, keychain: fakeKeychain(), workspace };
    const vault = endpointVault({ ...ports, agreements: fakeAgreements() });
    const { key } = await vault.read(anEndpoint({ scope, key: secretKey, baseUrl: `${home}/v1` }));
    assert.equal(key.kind, "missing");
  });
});

describe("the vault makes known to the redactor", () => {
  it("the passphrase, and of basic authentication both the text and the password", async () => {
    const { readAt, redactor, env } = bench();
    env["BASIC"] = Buffer.from("me:p4ssw0rd!").toString("base64");
    const { passphrase } = await readAt(home, {
      headers: { Authorization: "Basic ${env:BASIC}" },
      tls: { ...tls, pfx: "/c.pfx", passphrase: "${env:PASS}" },
    });
    assert.equal(passphrase, "pass-phrase");
    const cleaned = redactor.clean(`${env["BASIC"]} me:p4ssw0rd! p4ssw0rd! pass-phrase`);
    assert.equal(cleaned, "••• ••• ••• •••");
  });
});
