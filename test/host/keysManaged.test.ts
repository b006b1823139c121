import assert from "node:assert/strict";

import { entries, first, keyBench, run, second, setEndpoints } from "./support/keyBench.ts";

const today = /\d{4}-\d{2}-\d{2}/;

describe("keys that are copied, moved and managed", () => {
  const bench = keyBench();

  describe("Copy API Key", () => {
    const other = (more: Readonly<Record<string, unknown>> = {}): unknown =>
      bench().entry(bench().one, {
        id: "other",
        name: "Other",
        baseUrl: bench().one.baseUrl.replace("127.0.0.1", "localhost"),
        ...more,
      });

    it("shows both names and both origins, and copies when the person agrees", async () => {
      await setEndpoints([bench().entry(bench().one), other()]);
      await bench().setTo(first);
      bench().person.will({ pick: /^Other$/ }, "close");
      assert.equal(await run("qwen.copyApiKey", "keyed"), undefined);
      assert.equal((await bench().status("other"))?.state, "missing");
      bench().person.will({ click: /^Copy the key$/ });
      assert.deepEqual(await run("qwen.copyApiKey", "keyed", "other"), { copied: "other" });
      const asked = bench().person.seen.find(({ choices }) => choices.includes("Copy the key"))?.text ?? "";
      assert.match(
        asked,
        /Keyed to Other.*Keyed: entered for http:\/\/127\.0\.0\.1.*Other: will be sent to http:\/\/localhost/s,
      );
      assert.equal((await bench().status("other"))?.lastFour, "…aaaa");
    });

    it("asks before it switches the target's source", async () => {
      await setEndpoints([bench().entry(bench().one), other({ key: { from: "none" } })]);
      await bench().setTo(first);
      bench().person.will({ click: /^Copy the key$/ }, { click: /secret storage/ });
      assert.deepEqual(await run("qwen.copyApiKey", "keyed", "other"), { copied: "other" });
      assert.equal(entries()[1]?.["key"], undefined);
      assert.equal((await bench().status("other"))?.lastFour, "…aaaa");
    });

    it("says why there is nothing to copy, or nowhere to copy it to", async () => {
      assert.equal(await run("qwen.copyApiKey", "keyed"), undefined);
      assert.match(bench().lastMessage(), /no key to copy/);
      await bench().setTo(first);
      assert.equal(await run("qwen.copyApiKey", "keyed"), undefined);
      assert.match(bench().lastMessage(), /no other endpoint/);
      assert.equal(await run("qwen.copyApiKey", "keyed", "keyed"), undefined);
      assert.match(bench().lastMessage(), /same endpoint/);
    });
  });

  describe("Move API Key", () => {
    const bus = process.env["DBUS_SESSION_BUS_ADDRESS"];
    before(function () {
      // Elsewhere a test can not take the keychain away, and must not write into the developer's own.
      if (process.platform !== "linux") this.skip();
      process.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent/bus";
    });
    after(() => {
      if (bus === undefined) delete process.env["DBUS_SESSION_BUS_ADDRESS"];
      else process.env["DBUS_SESSION_BUS_ADDRESS"] = bus;
    });

    it("changes nothing where there is no keychain, and says what to do", async () => {
      await bench().setTo(first);
      bench().person.will({ type: "qwen-host-test" }, { type: "keyed" });
      assert.equal(await run("qwen.moveApiKey", "keyed"), undefined);
      assert.match(
        bench().lastMessage(),
        /keychain (refused|can not be reached).*"from": "env".*Nothing was changed/s,
      );
      assert.equal(entries()[0]?.["key"], undefined);
      assert.equal((await bench().status())?.lastFour, "…aaaa");
    });

    it("has nothing to move where no key is", async () => {
      assert.equal(await run("qwen.moveApiKey", "keyed"), undefined);
      assert.match(bench().lastMessage(), /no key to move/);
    });
  });

  describe("Manage API Key", () => {
    it("tells a program the status at once, while the person is still shown what can be done", async () => {
      await bench().setTo(first);
      const shown = await bench().status();
      assert.deepEqual(
        { ...shown, setAtMs: 0 },
        { endpointId: "keyed", source: "secret", state: "key", lastFour: "…aaaa", setAtMs: 0 },
      );
      const pick = bench().person.seen.at(-1);
      assert.match(pick?.text ?? "", new RegExp(`^Keyed: secret …aaaa · set ${today.source}`));
      assert.deepEqual(
        pick?.choices.map((choice) => choice.replace(/ (…|secret).*$/, "")),
        [
          "Replace the key",
          "Rotate: test a new key before it replaces this one",
          "Copy it to another endpoint",
          "Move it to the system's keychain",
          "Clear the key",
          "Change the key source",
        ],
      );
    });

    it("offers what fits the source and the state", async () => {
      await setEndpoints([bench().entry(bench().one, { key: { from: "none" } })]);
      await bench().status();
      assert.deepEqual(bench().person.seen.at(-1)?.choices, [
        "Store a key in the secret storage instead",
        "Change the key source none",
      ]);
    });

    it("tests the key that waits, uses it, or forgets it", async () => {
      await bench().setTo(first);
      for (const [pick, after] of [
        [/^Test the new key/, ["…aaaa", "…bbbb"]],
        [/^Forget the new key/, ["…aaaa", undefined]],
        [/^Use the new key without/, ["…bbbb", undefined]],
      ] as const) {
        bench().person.will({ type: second }, "close");
        await run("qwen.rotateApiKey", "keyed");
        bench().person.will({ pick }, ...(pick.source.includes("Test") ? (["close"] as const) : []));
        const now = await run("qwen.manageApiKey", { endpointId: "keyed" });
        assert.deepEqual([now?.lastFour, now?.waiting?.lastFour], after, pick.source);
        if (now?.waiting !== undefined) {
          bench().person.will({ pick: /^Forget/ });
          await run("qwen.manageApiKey", { endpointId: "keyed" });
        }
      }
    });

    const sources: readonly (readonly [RegExp, readonly string[], unknown])[] = [
      [/^env$/, ["QWEN_TEST_KEY"], { from: "env", name: "QWEN_TEST_KEY" }],
      [
        /^\.env$/,
        ["deploy/.env", "QWEN_TEST_KEY"],
        { from: "env", name: "QWEN_TEST_KEY", file: "deploy/.env" },
      ],
      [/^file$/, ["/run/secrets/qwen"], { from: "file", path: "/run/secrets/qwen" }],
      [/^command$/, ['op read "op://a b/c"'], { from: "command", command: ["op", "read", "op://a b/c"] }],
      [/^keychain$/, ["svc", "acc"], { from: "keychain", service: "svc", account: "acc" }],
      [/^none$/, [], { from: "none" }],
    ];
    for (const [pick, typed, key] of sources) {
      it(`changes the source to ${pick.source}`, async () => {
        bench().person.will({ pick: /Change the key source/ }, { pick }, ...typed.map((type) => ({ type })));
        await run("qwen.manageApiKey", { endpointId: "keyed" });
        assert.deepEqual(entries()[0]?.["key"], key);
        assert.ok(bench().person.isDone());
      });
    }

    const refused: readonly (readonly [RegExp, string])[] = [
      [/^env$/, "sk-a-key-in-place-of-a-name"],
      [/^file$/, "relative/path"],
      [/^command$/, 'op read "open'],
    ];
    for (const [pick, type] of refused) {
      it(`does not take ${type} for ${pick.source}`, async () => {
        bench().person.will({ pick: /Change the key source/ }, { pick }, { type });
        await run("qwen.manageApiKey", { endpointId: "keyed" });
        assert.equal(entries()[0]?.["key"], undefined);
      });
    }
  });
});
