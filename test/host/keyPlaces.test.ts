import assert from "node:assert/strict";
import type * as vscode from "vscode";

import { createRedactor } from "../../src/core/diagnosis/redact.ts";
import type { Endpoint } from "../../src/core/endpoint/endpoint.ts";
import { EndpointStore } from "../../src/core/endpoint/endpointStore.ts";
import type { KeyStore } from "../../src/core/ports.ts";
import { endpointVault, ownerOf } from "../../src/io/keys/endpointVault.ts";
import { createKeyStore } from "../../src/io/keys/keyStore.ts";
import type { KeyDependencies } from "../../src/ui/commands/keys/keyDependencies.ts";
import { moveKey } from "../../src/ui/commands/keys/moveKey.ts";
import { setKey } from "../../src/ui/commands/keys/setKey.ts";
import { KeptAgreements } from "../../src/ui/keys/keptAgreements.ts";
import { KeyKeeper } from "../../src/ui/keys/keyKeeper.ts";
import { readEntries } from "../../src/ui/settings/endpointSettings.ts";
import { anEndpoint, fakeKeychain, fakeSecrets } from "../support/builders.ts";
import { entries, first, keyBench, second, setEndpoints } from "./support/keyBench.ts";

/** The real commands and settings over stores of the test's own: the editor's secret storage can not be made to fail. */
describe("places of keys that a test can not take from the editor", () => {
  const bench = keyBench();
  const entry = { id: "placed", baseUrl: "https://placed.invalid/v1", checkEverySeconds: 0 };
  const endpoint = (): Endpoint => world().store.endpoint("placed") ?? anEndpoint();
  beforeEach(() => setEndpoints([entry]));

  describe("without a keyring", () => {
    const noKeyring = (stored: KeyStore): KeyStore => ({
      ...stored,
      write: () => Promise.reject(new Error("Cannot autolaunch D-Bus without X11")),
    });

    it("storing says so and changes nothing when the question is closed", async () => {
      bench().person.will({ type: first }, "close");
      assert.equal(await setKey(endpoint(), world({ stored: noKeyring })), undefined);
      const asked = bench().person.seen.at(-1);
      assert.match(asked?.text ?? "", /Cannot autolaunch D-Bus.*not stored, and nothing else was changed/s);
      assert.deepEqual(asked?.choices, ["Use an environment variable", "Use a file"]);
      assert.deepEqual(entries(), [entry]);
    });

    const instead = [
      {
        click: /variable/,
        suggested: "QWEN_PLACED_API_KEY",
        key: { from: "env", name: "QWEN_PLACED_API_KEY" },
      },
      { click: /file/, suggested: "/run/secrets/placed", key: { from: "file", path: "/run/secrets/placed" } },
    ] as const;
    for (const { click, suggested, key } of instead) {
      it(`storing offers ${key.from} instead, which is written and checked`, async () => {
        const refreshed: string[] = [];
        bench().person.will({ type: first }, { click }, { type: suggested });
        await setKey(endpoint(), world({ stored: noKeyring, refreshed }));
        assert.match(bench().person.seen.at(-1)?.text ?? "", new RegExp(`${suggested}$`));
        assert.deepEqual(entries()[0]?.["key"], key);
        assert.deepEqual(refreshed, ["placed"]);
      });
    }

    it("an endpoint that was to be switched keeps its source", async () => {
      await setEndpoints([{ ...entry, key: { from: "env", name: "X" } }]);
      bench().person.will({ type: first }, { click: /secret storage/ }, "close");
      await setKey(endpoint(), world({ stored: noKeyring }));
      assert.deepEqual(entries()[0]?.["key"], { from: "env", name: "X" });
    });
  });

  describe("a keychain", () => {
    it("takes a key over and gives it back; the old copy goes last, and the other program's only when told", async () => {
      const chain = new Map<string, string>();
      const dependencies = world({ chain });
      await dependencies.keys.set(endpoint(), first);
      bench().person.will({ type: "qwen-endpoints" }, { type: "placed" });
      assert.deepEqual(await moveKey(endpoint(), dependencies), { moved: "placed", to: "keychain" });
      assert.match(bench().person.shown(), /Python's keyring reads the same entry/);
      const place = { from: "keychain", service: "qwen-endpoints", account: "placed" };
      assert.deepEqual(entries()[0]?.["key"], place);
      assert.deepEqual([...chain], [["qwen-endpoints/placed", first]]);
      assert.equal(
        (await dependencies.vault.read({ ...endpoint(), key: { from: "secret" } })).key.kind,
        "missing",
      );
      bench().person.will("close");
      assert.deepEqual(await moveKey(endpoint(), dependencies), { moved: "placed", to: "secret" });
      assert.deepEqual(entries()[0]?.["key"], undefined);
      assert.equal((await dependencies.vault.read(endpoint())).key.kind, "key");
      assert.equal(chain.size, 1, "kept, as the question was closed");
    });

    it("forgets its entry when the person says so", async () => {
      const chain = new Map([["s/a", first]]);
      await setEndpoints([{ ...entry, key: { from: "keychain", service: "s", account: "a" } }]);
      bench().person.will({ click: /^Remove it$/ });
      assert.deepEqual(await moveKey(endpoint(), world({ chain })), { moved: "placed", to: "secret" });
      assert.equal(chain.size, 0);
    });

    it("does not lose another key in the entry without a question", async () => {
      const chain = new Map([["qwen-endpoints/placed", second]]);
      const dependencies = world({ chain });
      await dependencies.keys.set(endpoint(), first);
      bench().person.will({ type: "qwen-endpoints" }, { type: "placed" }, "close");
      assert.equal(await moveKey(endpoint(), dependencies), undefined);
      assert.match(bench().lastMessage(), /holds another key already/);
      assert.deepEqual([...chain.values()], [second]);
      assert.equal(entries()[0]?.["key"], undefined);
    });

    it("that loses what is written changes nothing", async () => {
      const dependencies = world({ write: () => Promise.resolve() });
      await dependencies.keys.set(endpoint(), first);
      bench().person.will({ type: "s" }, { type: "a" });
      await assert.rejects(moveKey(endpoint(), dependencies), /Nothing was changed/);
      assert.equal(entries()[0]?.["key"], undefined);
      assert.equal((await dependencies.vault.read(endpoint())).key.kind, "key");
    });

    it("stores a new key into its entry", async () => {
      const chain = new Map([["s/a", first]]);
      await setEndpoints([{ ...entry, key: { from: "keychain", service: "s", account: "a" } }]);
      bench().person.will({ type: second });
      assert.deepEqual(await setKey(endpoint(), world({ chain })), { stored: "placed" });
      assert.match(bench().person.seen[0]?.text ?? "", /Kept in the keychain s\/a.*Replaces …aaaa/);
      assert.deepEqual([...chain.values()], [second]);
    });
  });
});

interface World {
  readonly stored?: (stored: KeyStore) => KeyStore;
  readonly chain?: Map<string, string>;
  readonly write?: () => Promise<void>;
  readonly refreshed?: string[];
}

function world({ stored = (same) => same, chain, write, refreshed = [] }: World = {}): KeyDependencies {
  const redactor = createRedactor();
  const agreements = new KeptAgreements(memento(), memento());
  const store = stored(createKeyStore(fakeSecrets()));
  const keychain = { ...fakeKeychain(chain), ...(write === undefined ? {} : { write }) };
  const workspace = { id: undefined, folder: undefined, isTrusted: () => true };
  const endpoints = new EndpointStore();
  endpoints.replace(readEntries());
  const unused = (): Promise<never> => Promise.reject(new Error("nothing is tested here"));
  return {
    store: endpoints,
    vault: endpointVault({ store, keychain, env: {}, redactor, agreements, workspace }),
    keys: new KeyKeeper({
      ...{ stored: store, keychain, agreements, redactor },
      ownerOf: (endpoint) => ownerOf(endpoint, undefined),
    }),
    refresh: (id) => void refreshed.push(id),
    inBackground: (work) => void work,
    testWith: unused,
  };
}

function memento(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, usual?: T) => (values.get(key) ?? usual) as T,
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
  };
}
