import assert from "node:assert/strict";

import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import type { Endpoint } from "../../../../src/core/endpoint/endpoint.ts";
import { KeyFault } from "../../../../src/core/keys/keyFailure.ts";
import { KeyHolder, type KeyPlace } from "../../../../src/core/keys/keyHolder.ts";
import { isStoringFailed } from "../../../../src/core/keys/storingFailed.ts";
import type { Keychain, KeyStore } from "../../../../src/core/ports.ts";
import { endpointVault, ownerOf } from "../../../../src/io/keys/endpointVault.ts";
import { createKeyStore } from "../../../../src/io/keys/keyStore.ts";
import { anEndpoint, fakeAgreements, fakeKeychain, fakeSecrets } from "../../../support/builders.ts";

const home = "https://models.example";
const away = "https://other.example";
const secret = { from: "secret" } as const;
const inKeychain = { from: "keychain", service: "svc", account: "me" } as const;
const at = (origin: string, changes: Partial<Endpoint> = {}): Endpoint =>
  anEndpoint({ baseUrl: `${origin}/v1`, key: secret, ...changes });

interface World {
  readonly stored?: (store: KeyStore) => Partial<KeyStore>;
  readonly keychain?: (keychain: Keychain) => Partial<Keychain>;
}

/** A holder and a vault over the same fakes; parts of them can be made to fail. */
function bench(world: World = {}) {
  const granted = new Set<string>();
  const plain = new Set<string>();
  const agreements = {
    ...fakeAgreements({
      isGranted: (name) => granted.has(name),
      mayTravelPlain: (origin) => plain.has(origin),
    }),
    grant: (name: string) => Promise.resolve(void granted.add(name)),
    allowPlain: (origin: string) => Promise.resolve(void plain.add(origin)),
  };
  const redactor = createRedactor();
  const entries = new Map<string, string>();
  const [goodStore, goodKeychain] = [createKeyStore(fakeSecrets()), fakeKeychain(entries)];
  const stored = { ...goodStore, ...world.stored?.(goodStore) };
  const keychain = { ...goodKeychain, ...world.keychain?.(goodKeychain) };
  const workspace = { id: "file:///work", folder: undefined, isTrusted: () => true };
  const holder = new KeyHolder({
    ...{ stored, keychain, agreements, redactor },
    ownerOf: (endpoint) => ownerOf(endpoint, workspace.id),
    epochMs: () => 1234,
  });
  const ports = { store: goodStore, keychain: goodKeychain, env: { KEY: "sk-env" } };
  const vault = endpointVault({ ...ports, agreements, redactor, workspace });
  const keyOf = async (endpoint: Endpoint) => (await vault.read(endpoint)).key;
  return { holder, store: goodStore, entries, redactor, vault, keyOf };
}

const refuse = () => Promise.reject(new Error("no keyring"));

describe("KeyHolder", () => {
  it("stores a key where the endpoint reads it, for its origin, and says when", async () => {
    const { holder, entries, keyOf } = bench();
    await holder.set(at(home), "sk-one");
    assert.deepEqual(await keyOf(at(home)), { kind: "key", value: "sk-one", setAtMs: 1234 });
    await holder.set(at(home, { key: inKeychain }), "sk-two");
    assert.equal(entries.get("svc/me"), "sk-two");
    assert.deepEqual(await keyOf(at(away, { key: inKeychain })), { kind: "other-origin", origin: home });
  });

  it("tells the redactor of every key it is given, also of one that waits", async () => {
    const { holder, store, redactor } = bench();
    await holder.set(at(home), "sk-in-use");
    await holder.keepNext(at(home), "sk-next-one");
    await holder.setNamed(at(home), "GATE", "gate-secret");
    assert.equal(redactor.clean("sk-in-use sk-next-one gate-secret"), "••• ••• •••");
    const later = bench();
    await later.store.writeNext({ endpointId: "local" }, { value: "sk-waits", origin: home, setAtMs: 0 });
    await later.holder.next(at(home));
    assert.equal(later.redactor.clean("sk-waits"), "•••", "one of an earlier session, too");
    assert.notEqual(await store.readNext({ endpointId: "local" }), undefined);
  });

  for (const place of ["secret", "keychain"] as const) {
    it(`says in a way that programs can tell that the ${place} took no key`, async () => {
      const fault = () => Promise.reject(new KeyFault("keychain-missing"));
      const { holder } = bench({ stored: () => ({ write: refuse }), keychain: () => ({ write: fault }) });
      const endpoint = at(home, { key: place === "secret" ? secret : inKeychain });
      const error: unknown = await holder.set(endpoint, "sk-one").catch((each: unknown) => each);
      assert.ok(isStoringFailed(error));
      assert.deepEqual([error.place, error.name], [place, "Notice"]);
      assert.equal(error.reason, place === "secret" ? "failed" : "keychain-missing");
      assert.match(error.message, /"from": "env"/);
      assert.equal(isStoringFailed(new Error("other")), false);
    });
  }

  describe("rotates", () => {
    it("with the old key in use until the new one is taken", async () => {
      const { holder, keyOf } = bench();
      await holder.set(at(home), "sk-old");
      await holder.keepNext(at(home), "sk-new");
      assert.deepEqual(
        (await keyOf(at(home))).kind === "key" && (await holder.next(at(home)))?.value,
        "sk-new",
      );
      await holder.takeNext(at(home));
      assert.deepEqual(await keyOf(at(home)), { kind: "key", value: "sk-new", setAtMs: 1234 });
      assert.equal(await holder.next(at(home)), undefined);
    });

    it("and keeps the old one when the new one is dropped, or can not be stored", async () => {
      const { holder, keyOf, store } = bench({ stored: () => ({ write: refuse }) });
      await store.write({ endpointId: "local" }, { value: "sk-old", origin: home, setAtMs: 0 });
      await holder.keepNext(at(home), "sk-new");
      await assert.rejects(holder.takeNext(at(home)));
      assert.equal((await holder.next(at(home)))?.value, "sk-new", "nothing is lost");
      await holder.dropNext(at(home));
      assert.deepEqual(await keyOf(at(home)), { kind: "key", value: "sk-old", setAtMs: 0 });
    });

    it("but not to another origin than the new key was entered for", async () => {
      const { holder, keyOf } = bench();
      await holder.set(at(away), "sk-old");
      await holder.keepNext(at(home), "sk-new");
      assert.equal((await holder.next(at(away)))?.origin, new URL(home).origin);
      await holder.takeNext(at(away));
      assert.deepEqual(await keyOf(at(away)), { kind: "key", value: "sk-old", setAtMs: 1234 });
    });
  });

  describe("copies a key", () => {
    it("for the other endpoint's own origin", async () => {
      const { holder, keyOf } = bench();
      await holder.set(at(home), "sk-one");
      await holder.copy(at(home), at(away, { id: "second" }));
      assert.equal((await keyOf(at(away, { id: "second" }))).kind, "key");
      assert.equal((await keyOf(at(home, { id: "second" }))).kind, "other-origin");
      assert.equal((await keyOf(at(home))).kind, "key");
    });

    it("and says so where there is none, or where it is not ours", async () => {
      const { holder } = bench();
      await assert.rejects(holder.copy(at(home), at(away)), { name: "Notice", message: /no key of Local/ });
      const env = at(home, { key: { from: "env", name: "KEY" } });
      await assert.rejects(holder.copy(env, at(away)), { name: "Notice", message: /not ours/ });
    });
  });

  describe("moves a key", () => {
    const ways: readonly { from: KeyPlace; to: KeyPlace }[] = [
      { from: secret, to: inKeychain },
      { from: inKeychain, to: secret },
      { from: inKeychain, to: { from: "keychain", service: "svc", account: "second" } },
    ];
    for (const { from, to } of ways) {
      const way = [from, to].map((place) => Object.values(place).join("/")).join(" to ");
      it(`from ${way}, where the old copy is forgotten only afterwards`, async () => {
        const { holder, keyOf } = bench();
        await holder.set(at(home, { key: from }), "sk-one");
        await holder.move(at(home, { key: from }), to);
        for (const key of [from, to]) assert.equal((await keyOf(at(home, { key }))).kind, "key");
        assert.equal(await holder.forgetMoved(at(home, { key: from }), from), "forgotten");
        assert.equal((await keyOf(at(home, { key: from }))).kind, "missing");
        assert.equal((await keyOf(at(home, { key: to }))).kind, "key");
        assert.deepEqual(await keyOf(at(away, { key: to })), { kind: "other-origin", origin: home });
      });
    }

    it("to nowhere else than it was for, though the endpoint's address has changed", async () => {
      const { holder, keyOf } = bench();
      await holder.set(at(home), "sk-one");
      await holder.move(at(away), inKeychain);
      assert.deepEqual(await keyOf(at(away, { key: inKeychain })), { kind: "other-origin", origin: home });
    });

    const failures: readonly { name: string; world: World }[] = [
      { name: "there is no keychain", world: { keychain: () => ({ read: refuse, write: refuse }) } },
      { name: "the new place refuses", world: { keychain: () => ({ write: refuse }) } },
      { name: "the new place forgets it", world: { keychain: () => ({ write: () => Promise.resolve() }) } },
      {
        name: "the new place cuts it",
        world: { keychain: (good) => ({ write: (s, a, key) => good.write(s, a, key.slice(1)) }) },
      },
    ];
    for (const { name, world } of failures) {
      it(`and keeps it where it was when ${name}`, async () => {
        const { holder, keyOf } = bench(world);
        await holder.set(at(home), "sk-one");
        await assert.rejects(holder.move(at(home), inKeychain), isStoringFailed);
        assert.equal(await holder.forgetMoved(at(home), secret), "kept");
        assert.deepEqual(await keyOf(at(home)), { kind: "key", value: "sk-one", setAtMs: 1234 });
      });
    }

    it("and does not forget the old copy when the new one has gone meanwhile", async () => {
      const { holder, entries, keyOf } = bench();
      await holder.set(at(home), "sk-one");
      await holder.move(at(home), inKeychain);
      entries.clear();
      assert.equal(await holder.forgetMoved(at(home, { key: inKeychain }), secret), "kept");
      assert.equal((await keyOf(at(home))).kind, "key");
    });

    it("but overwrites no entry of the keychain that holds something else", async () => {
      const { holder, entries } = bench();
      entries.set("svc/me", "another program's");
      await holder.set(at(home), "sk-one");
      await assert.rejects(holder.move(at(home), inKeychain), { name: "Notice", message: /svc\/me/ });
      assert.equal(entries.get("svc/me"), "another program's");
    });
  });

  it("neither writes nor copies a keychain entry that a workspace names and nobody agreed to", async () => {
    const { holder, entries } = bench();
    entries.set("svc/me", "the user's");
    const theirs = at(away, { scope: "workspace", key: inKeychain });
    for (const wanted of [
      holder.set(theirs, "sk-one"),
      holder.copy(theirs, at(away)),
      holder.move(theirs, secret),
    ]) {
      await assert.rejects(wanted, { name: "Notice", message: /agree/ });
    }
    assert.equal(entries.get("svc/me"), "the user's");
  });

  describe("asks and binds", () => {
    const kinds: readonly { name: string; changes: Partial<Endpoint> }[] = [
      { name: "a stored key", changes: { key: secret } },
      { name: "a variable", changes: { key: { from: "env", name: "KEY" } } },
      { name: "a keychain entry", changes: { key: inKeychain } },
      { name: "a header's variable", changes: { key: { from: "none" }, headers: { "X-Key": "${env:KEY}" } } },
    ];
    for (const { name, changes } of kinds) {
      it(`${name} of a user's endpoint that moved: both origins are known, and it is sent there afterwards`, async () => {
        const { holder, vault } = bench();
        if (changes.key?.from !== "env") await holder.set(at(home, changes), "sk-one");
        const first = await vault.read(at(home, changes));
        assert.equal(await holder.unagreed(at(home, changes)), undefined);
        assert.deepEqual(await holder.unagreed(at(away, changes)), { consent: "given", boundOrigin: home });
        await holder.bind(at(away, changes));
        assert.equal(await holder.unagreed(at(away, changes)), undefined);
        assert.deepEqual(await vault.read(at(away, changes)), first);
        assert.equal((await vault.read(at(home, changes))).key.kind, "other-origin");
      });
    }

    it("no stored key that the endpoint does not read now", async () => {
      const { holder, keyOf } = bench();
      await holder.set(at(home), "sk-stored");
      await holder.bind({ ...at(away), key: { from: "env", name: "KEY" } });
      assert.deepEqual(await keyOf(at(away)), { kind: "other-origin", origin: home });
    });

    it("a name for a secret that nobody else's has", async () => {
      const { holder } = bench();
      assert.equal(await holder.freeName("a-basic"), "a-basic");
      await holder.setNamed(at(home), "a-basic", "first");
      assert.equal(await holder.freeName("a-basic"), "a-basic-2");
    });

    it("a workspace's endpoint for consent and its moved key in one", async () => {
      const { holder, keyOf } = bench();
      const changes = { scope: "workspace", proxy: "http://proxy.example" } as const;
      await holder.set(at(home, changes), "sk-one");
      assert.deepEqual(await holder.unagreed(at(away, changes)), { consent: "missing", boundOrigin: home });
      await holder.bind(at(away, changes));
      assert.equal((await keyOf(at(away, changes))).kind, "key");
    });

    it("for plain http by the machine that would get the key", async () => {
      const { holder, keyOf } = bench();
      const plain = at("http://10.0.0.7:8000");
      await holder.set(plain, "sk-one");
      assert.deepEqual(await keyOf(plain), { kind: "plain-http", origin: "http://10.0.0.7:8000" });
      await holder.bindPlain(plain);
      assert.equal((await keyOf(plain)).kind, "key");
    });
  });
});
