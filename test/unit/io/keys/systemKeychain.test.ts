import assert from "node:assert/strict";

import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import { endpointVault } from "../../../../src/io/keys/endpointVault.ts";
import { createKeyStore } from "../../../../src/io/keys/keyStore.ts";
import { type Keytar, systemKeychain } from "../../../../src/io/keys/systemKeychain.ts";
import { anEndpoint, fakeAgreements, fakeSecrets } from "../../../support/builders.ts";

/** keytar in memory; what it holds by `service/account`. */
function fakeKeytar(changes: Partial<Keytar> = {}): Keytar {
  const entries = new Map<string, string>();
  return {
    getPassword: (service, account) => Promise.resolve(entries.get(`${service}/${account}`) ?? null),
    setPassword: (service, account, key) => Promise.resolve(void entries.set(`${service}/${account}`, key)),
    deletePassword: (service, account) => Promise.resolve(entries.delete(`${service}/${account}`)),
    ...changes,
  };
}

const chainOf = (load: () => Promise<Keytar>, patienceMs = 60_000) =>
  systemKeychain({ load, platform: "darwin", patienceMs });

describe("systemKeychain", () => {
  it("reads, writes and clears an entry", async () => {
    const keytar = fakeKeytar();
    const chain = chainOf(() => Promise.resolve(keytar));
    assert.equal(await chain.read("svc", "me"), undefined);
    await chain.write("svc", "me", "sk-1");
    assert.equal(await chain.read("svc", "me"), "sk-1");
    assert.deepEqual([await chain.clear("svc", "me"), await chain.clear("svc", "me")], [true, false]);
  });

  it("loads keytar on first use, and tries again where that failed", async () => {
    let loads = 0;
    const chain = chainOf(() =>
      ++loads === 1 ? Promise.reject(new Error("no")) : Promise.resolve(fakeKeytar()),
    );
    assert.equal(loads, 0);
    await assert.rejects(chain.read("svc", "me"));
    assert.equal(await chain.read("svc", "me"), undefined);
  });

  const faults: readonly { name: string; load: () => Promise<Keytar>; reason: string }[] = [
    {
      name: "keytar can not be loaded",
      load: () => Promise.reject(new Error("libsecret-1.so.0: cannot open shared object file")),
      reason: "keychain-missing",
    },
    {
      name: "the keychain refuses",
      load: () => Promise.resolve(fakeKeytar({ getPassword: () => Promise.reject(new Error("locked")) })),
      reason: "keychain-refused",
    },
    {
      name: "the keychain does not answer",
      load: () => Promise.resolve(fakeKeytar({ getPassword: () => new Promise(() => undefined) })),
      reason: "timed-out",
    },
  ];
  for (const { name, load, reason } of faults) {
    it(`says so when ${name}, and nothing else of an endpoint breaks`, async () => {
      const chain = chainOf(load, 50);
      await assert.rejects(chain.read("svc", "me"), { name: "KeyFault", reason });
      const vault = endpointVault({
        ...{ store: createKeyStore(fakeSecrets()), redactor: createRedactor(), keychain: chain },
        ...{ env: { KEY: "sk-env" }, agreements: fakeAgreements() },
        workspace: { id: undefined, folder: undefined, isTrusted: () => true },
      });
      const headers = { "X-Team": "search" };
      const key = { from: "keychain", service: "svc", account: "me" } as const;
      assert.deepEqual(await vault.read(anEndpoint({ key, headers })), {
        key: { kind: "failed", where: "keychain svc/me", reason },
        headers,
      });
      const other = await vault.read(anEndpoint({ key: { from: "env", name: "KEY" } }));
      assert.deepEqual(other.key, { kind: "key", value: "sk-env" });
    });
  }

  it("asks one question at a time: each holds a thread while a person types a password", async () => {
    let asked = 0;
    const answers: (() => void)[] = [];
    const getPassword = (): Promise<null> => {
      asked++;
      return new Promise((resolve) => answers.push(() => resolve(null)));
    };
    const chain = chainOf(() => Promise.resolve(fakeKeytar({ getPassword })));
    const readings = [chain.read("svc", "a"), chain.read("svc", "b"), chain.read("svc", "c")];
    for (const count of [1, 2, 3]) {
      await new Promise(setImmediate);
      assert.equal(asked, count);
      answers.shift()?.();
    }
    await Promise.all(readings);
  });
});
