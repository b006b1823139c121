import assert from "node:assert/strict";

import type { KeyOwner } from "../../../../src/core/ports.ts";
import { createKeyStore } from "../../../../src/io/keys/keyStore.ts";
import { fakeSecrets } from "../../../support/builders.ts";

const key = { value: "sk-1", origin: "https://a", setAtMs: 5 };

describe("createKeyStore", () => {
  it("gives back what was written, until it is cleared", async () => {
    const store = createKeyStore(fakeSecrets());
    const owner = { endpointId: "a" };
    assert.equal(await store.read(owner), undefined);
    await store.write(owner, key);
    assert.deepEqual(await store.read(owner), key);
    await store.clear(owner);
    assert.equal(await store.read(owner), undefined);
  });

  it("keeps every owner's key apart, whatever the ids hold", async () => {
    const owners: readonly KeyOwner[] = [
      { endpointId: "a" },
      { endpointId: "b" },
      { endpointId: "a", workspaceId: "file:///x" },
      { endpointId: "a", workspaceId: "file:///y" },
      { endpointId: "b.c", workspaceId: "file:///x" },
      { endpointId: "c", workspaceId: "file:///x.b" },
    ];
    const secrets = fakeSecrets();
    const store = createKeyStore(secrets);
    for (const [index, owner] of owners.entries()) {
      await store.write(owner, { ...key, value: `sk-${index}` });
    }
    assert.equal(secrets.entries.size, owners.length);
    for (const [index, owner] of owners.entries()) {
      assert.equal((await store.read(owner))?.value, `sk-${index}`);
    }
  });

  it("knows of a key that was stored and is gone, from any later window", async () => {
    const owner: KeyOwner = { endpointId: "a" };
    const noted = new Map<string, unknown>();
    const names = {
      get: (name: string) => noted.get(name),
      update: (name: string, value: unknown) => Promise.resolve(void noted.set(name, value)),
    };
    await createKeyStore(fakeSecrets(), names).write(owner, key);
    const later = createKeyStore(fakeSecrets(), names);
    assert.ok(await later.isForgotten(owner));
    assert.ok(!(await later.isForgotten({ endpointId: "b" })), "never stored");
    assert.doesNotMatch(JSON.stringify([...noted]), /sk-1/);
    await later.write(owner, key);
    assert.ok(!(await later.isForgotten(owner)), "there again");
    await later.clear(owner);
    assert.ok(!(await later.isForgotten(owner)), "cleared on purpose");
  });

  it("keeps named secrets apart from keys", async () => {
    const store = createKeyStore(fakeSecrets());
    await store.writeNamed("user.a", "named", "https://a.example");
    assert.equal(await store.read({ endpointId: "a" }), undefined);
    assert.equal(await store.readNamed("user.a", "https://a.example"), "named");
    assert.equal(await store.readNamed("b", "https://a.example"), undefined);
  });

  it("binds a named secret to the origins it was entered for", async () => {
    const store = createKeyStore(fakeSecrets());
    await store.writeNamed("GATE", "open", "https://a.example");
    assert.equal(await store.readNamed("GATE", "https://b.example"), undefined);
    await store.writeNamed("GATE", "open", "https://b.example");
    assert.equal(await store.readNamed("GATE", "https://a.example"), "open");
    assert.equal(await store.readNamed("GATE", "https://b.example"), "open");
    await store.writeNamed("GATE", "another", "https://b.example");
    assert.equal(await store.readNamed("GATE", "https://a.example"), undefined, "a new value starts anew");
  });
});
