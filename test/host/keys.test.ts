import assert from "node:assert/strict";

import { entries, first, keyBench, run, second, setEndpoints, third } from "./support/keyBench.ts";

const today = /\d{4}-\d{2}-\d{2}/;

describe("keys in a person's hands", () => {
  const bench = keyBench();

  describe("Set API Key", () => {
    it("cleans what is pasted, and names what was removed while typing and afterwards", async () => {
      await bench().setTo(`  export KEY="Bearer ${first}" `);
      const [box] = bench().person.seen;
      assert.match(JSON.stringify(box?.remark), /Will be removed: spaces.*name and =.*quotation.*Bearer/);
      assert.match(bench().lastMessage(), /before it was stored: spaces.*the word Bearer/);
      assert.equal(await bench().verdict(), "healthy");
    });

    it("says nothing where nothing was removed", async () => {
      await bench().setTo(first);
      assert.deepEqual(
        bench().person.seen.map(({ kind }) => kind),
        ["input"],
      );
    });

    it("refuses characters that no header may carry, with the reason", async () => {
      bench().person.will({ type: "sk-密钥-0123456789" });
      assert.equal(await run("qwen.setApiKey", "keyed"), undefined);
      assert.match(String(bench().person.seen[0]?.remark), /characters that no key has/);
      assert.equal((await bench().status())?.state, "missing");
    });

    it("shows the last four characters and the day of the key it replaces", async () => {
      await bench().setTo(second);
      await bench().setTo(first);
      const [, box] = bench().person.seen;
      assert.match(box?.text ?? "", new RegExp(`Replaces …bbbb, set ${today.source}`));
      assert.equal(await bench().verdict(), "healthy");
    });

    it("asks before it switches an endpoint that reads its key elsewhere, and then stores", async () => {
      await setEndpoints([bench().entry(bench().one, { key: { from: "env", name: "QWEN_HOST_TEST_NONE" } })]);
      bench().person.will({ type: first }, "close");
      assert.equal(await run("qwen.setApiKey", "keyed"), undefined);
      assert.deepEqual(entries()[0]?.["key"], { from: "env", name: "QWEN_HOST_TEST_NONE" });
      bench().person.will({ type: first }, { click: /secret storage/ });
      assert.deepEqual(await run("qwen.setApiKey", "keyed"), { stored: "keyed" });
      assert.equal(entries()[0]?.["key"], undefined);
      assert.equal(await bench().verdict(), "healthy");
    });

    it("asks right after storing whether the key may travel unencrypted to another machine", async () => {
      await setEndpoints([bench().entry(bench().one, { baseUrl: "http://keys.invalid/v1" })]);
      bench().person.will({ type: first }, { click: /^Not now$/ });
      assert.deepEqual(await run("qwen.setApiKey", "keyed"), { stored: "keyed" });
      assert.match(bench().lastMessage(), /unencrypted to http:\/\/keys\.invalid/);
      assert.equal((await bench().status())?.state, "plain-http");
      bench().person.will({ type: first }, { click: /^Send it unencrypted$/ });
      await run("qwen.setApiKey", "keyed");
      assert.equal((await bench().status())?.state, "key");
    });

    it("asks for a header's secret by its name", async () => {
      await setEndpoints([bench().entry(bench().one, { headers: { "X-Team": "${secret:TEAM}" } })]);
      bench().person.will({ pick: /TEAM/ }, { type: ` ${third}` });
      assert.deepEqual(await run("qwen.setApiKey", "keyed"), { stored: "keyed" });
      bench().person.will({ pick: /^Remove \$\{secret:TEAM\}/ }, { click: /Remove it/ });
      await run("qwen.manageApiKey", { endpointId: "keyed" });
      assert.ok(bench().person.isDone());
    });
  });

  describe("Rotate API Key", () => {
    it("lets the new key take the place of the old one when it has passed a test", async () => {
      await bench().setTo(second);
      bench().person.will({ type: `${first}\n` });
      assert.deepEqual(await run("qwen.rotateApiKey", "keyed"), { rotated: "keyed" });
      assert.match(
        bench().person.seen[1]?.text ?? "",
        /Replaces …bbbb, set .*until this one has passed a test/,
      );
      assert.match(bench().lastMessage(), /uses the new key …aaaa; the old one is forgotten/);
      const now = await bench().status();
      assert.deepEqual([now?.lastFour, now?.waiting], ["…aaaa", undefined]);
    });

    it("keeps both when the test fails and the question is closed, and tells of the one that waits", async () => {
      await bench().setTo(first);
      bench().person.will({ type: second }, "close");
      assert.equal(await run("qwen.rotateApiKey", "keyed"), undefined);
      assert.match(bench().lastMessage(), /refuses the new key of Keyed/);
      assert.match(bench().lastMessage(), /…bbbb, waits/);
      const now = await bench().status();
      assert.deepEqual([now?.lastFour, now?.waiting?.lastFour], ["…aaaa", "…bbbb"]);
      assert.equal(await bench().verdict(), "healthy", "the old key is in use");
    });

    it("keeps the old key, or uses the new one all the same, as the person says", async () => {
      await bench().setTo(first);
      bench().person.will({ type: second }, { click: /Keep the old key/ });
      assert.equal(await run("qwen.rotateApiKey", "keyed"), undefined);
      assert.deepEqual(
        [(await bench().status())?.lastFour, (await bench().status())?.waiting],
        ["…aaaa", undefined],
      );
      bench().person.will({ type: second }, { click: /all the same/ });
      assert.deepEqual(await run("qwen.rotateApiKey", "keyed"), { rotated: "keyed" });
      assert.deepEqual(
        [(await bench().status())?.lastFour, (await bench().status())?.waiting],
        ["…bbbb", undefined],
      );
    });

    it("does not blame the key where the server is down, and loses nothing", async () => {
      await setEndpoints([bench().entry(bench().one, { baseUrl: "http://127.0.0.1:1/v1" })]);
      await bench().setTo(first);
      bench().person.will({ type: second }, "close");
      assert.equal(await run("qwen.rotateApiKey", "keyed"), undefined);
      assert.match(bench().lastMessage(), /could not be tested: Nothing listens on this port/);
      const now = await bench().status();
      assert.deepEqual([now?.lastFour, now?.waiting?.lastFour], ["…aaaa", "…bbbb"]);
    });

    it("tests an endpoint without a configured model with what the server lists", async () => {
      await setEndpoints([bench().entry(bench().two, { models: {} })]);
      await bench().setTo(first);
      bench().person.will({ type: second });
      assert.deepEqual(await run("qwen.rotateApiKey", "keyed"), { rotated: "keyed" });
    });

    it("says what the server thinks of the key where the rest of the test fails", async () => {
      await setEndpoints([bench().entry(bench().two, { models: { chat: "no-such-model" } })]);
      await bench().setTo(first);
      bench().person.will({ type: second }, "close");
      assert.equal(await run("qwen.rotateApiKey", "keyed"), undefined);
      assert.match(bench().lastMessage(), /takes the new key of Keyed, but the test failed/);
    });

    it("does not send a waiting key to an address it was not entered for", async () => {
      await bench().setTo(first);
      bench().person.will({ type: second }, "close");
      await run("qwen.rotateApiKey", "keyed");
      await setEndpoints([bench().entry(bench().two)]);
      await bench().setTo(third);
      const before = bench().two.log.length;
      bench().person.will({ pick: /that waits/ });
      assert.equal(await run("qwen.rotateApiKey", "keyed"), undefined);
      assert.match(bench().lastMessage(), /was entered for .*, but the endpoint is at/);
      assert.ok(
        bench()
          .two.log.slice(before)
          .every(({ status: code }) => code === 401),
      );
      bench().person.will({ pick: /without a test/ });
      await run("qwen.manageApiKey", { endpointId: "keyed" });
      assert.match(bench().lastMessage(), /changed meanwhile/);
      assert.equal((await bench().status())?.lastFour, "…cccc");
    });

    it("refuses what is no new key, and a source that is not ours", async () => {
      bench().person.will({ type: first });
      assert.equal(await run("qwen.rotateApiKey", "keyed"), undefined);
      assert.match(bench().lastMessage(), /no key in use to rotate/);
      await setEndpoints([bench().entry(bench().one, { key: { from: "env", name: "PATH" } })]);
      assert.equal(await run("qwen.rotateApiKey", "keyed"), undefined);
      assert.match(bench().lastMessage(), /replace it there/);
    });
  });
});
