import assert from "node:assert/strict";
import type { LookupAddress, LookupOptions } from "node:dns";
import { createLookupCache } from "../../../src/io/lookupCache.ts";

/** What `http.request` would be told. */
function answered(host: string, options: LookupOptions): Promise<string | readonly LookupAddress[]> {
  return new Promise((resolve) => {
    createLookupCache().lookup(host, options, (error, address) => resolve(error?.code ?? address));
  });
}

describe("the look-up cache", () => {
  it("asks once for a name that several want", async () => {
    const names = createLookupCache();
    assert.equal(names.all("127.0.0.1"), names.all("127.0.0.1"));
    assert.deepEqual(await names.all("127.0.0.1"), [{ address: "127.0.0.1", family: 4 }]);
  });

  it("remembers no failure", async () => {
    const names = createLookupCache();
    const first = names.all("no-such-host.invalid");
    await assert.rejects(first);
    const second = names.all("no-such-host.invalid");
    assert.notEqual(first, second);
    await assert.rejects(second);
  });

  it("answers many at once, though few look-ups run", async () => {
    const names = createLookupCache();
    const hosts = Array.from({ length: 50 }, (_, index) => `127.0.0.${index + 1}`);
    const found = await Promise.all(hosts.map((host) => names.all(host)));
    assert.deepEqual(
      found.map(([first]) => first?.address),
      hosts,
    );
  });

  const answers: readonly { readonly options: LookupOptions; readonly answer: unknown }[] = [
    { options: {}, answer: "127.0.0.1" },
    { options: { all: true }, answer: [{ address: "127.0.0.1", family: 4 }] },
    { options: { family: 4 }, answer: "127.0.0.1" },
    { options: { family: 6 }, answer: "ENOTFOUND" },
    { options: { family: 6, all: true }, answer: [] },
  ];
  for (const { options, answer } of answers) {
    it(`answers ${JSON.stringify(options)} with ${JSON.stringify(answer)}`, async () => {
      assert.deepEqual(await answered("127.0.0.1", options), answer);
    });
  }

  it("hands a failure on with its code", async () => {
    assert.match(JSON.stringify(await answered("no-such-host.invalid", {})), /^"(ENOTFOUND|EAI_AGAIN)"$/);
  });
});
