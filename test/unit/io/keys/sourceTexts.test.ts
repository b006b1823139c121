import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import type { KeySource } from "../../../../src/core/endpoint/endpoint.ts";
import type { KeyReading } from "../../../../src/core/ports.ts";
import { endpointVault } from "../../../../src/io/keys/endpointVault.ts";
import { createKeyStore } from "../../../../src/io/keys/keyStore.ts";
import { anEndpoint, fakeAgreements, fakeKeychain, fakeSecrets } from "../../../support/builders.ts";

/** Mocha's patience is the limit: read line break by line break, each of these takes minutes. */
describe("texts made to be slow to read", () => {
  let folder: string;
  before(() => void (folder = mkdtempSync(join(tmpdir(), "slow-"))));
  after(() => rmSync(folder, { recursive: true }));

  const vault = endpointVault({
    store: createKeyStore(fakeSecrets()),
    redactor: createRedactor(),
    env: {},
    keychain: fakeKeychain(),
    workspace: { id: undefined, folder: undefined, isTrusted: () => true },
    agreements: fakeAgreements(),
  });
  const written = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const read = async (key: KeySource): Promise<KeyReading> => (await vault.read(anEndpoint({ key }))).key;

  it("are read all the same: a key file of line breaks", async () => {
    const value = `${"\n".repeat(65_000)}x`;
    assert.deepEqual(await read({ from: "file", path: written("key", `${value}\r\n`) }), {
      kind: "key",
      value,
    });
  });

  for (const [name, blank] of [
    ["line feeds", "\n"],
    ["carriage returns", "\r"],
    ["line separators", "\u2028"],
  ] as const) {
    it(`are read all the same: an .env file of ${name}`, async () => {
      const file = written(name, `${blank.repeat(200_000)}KEY=sk-here\n`);
      assert.deepEqual(await read({ from: "env", name: "KEY", file }), { kind: "key", value: "sk-here" });
      assert.equal((await read({ from: "env", name: "OTHER", file })).kind, "missing");
    });
  }

  it("come from a program that leaves another behind, which holds the pipe open", async function () {
    if (process.platform === "win32") this.skip();
    const key = await read({
      from: "command",
      command: ["sh", "-c", "sleep 20 & echo sk-printed"],
      cacheSeconds: 0,
      timeoutSeconds: 600,
    });
    assert.deepEqual(key, { kind: "key", value: "sk-printed" });
  });

  it("keep a value of several lines", async () => {
    const file = written("pem", 'KEY="a\nb"\n\n\nNEXT=c\n');
    assert.deepEqual(await read({ from: "env", name: "KEY", file }), { kind: "key", value: "a\nb" });
  });
});
