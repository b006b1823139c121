import assert from "node:assert/strict";

import type { KeySource } from "../../../../src/core/endpoint/endpoint.ts";
import { cleanKey } from "../../../../src/core/keys/cleanKey.ts";
import { keyStatus } from "../../../../src/core/keys/keyStatus.ts";
import { explainKey, keyInUse, keyLine, removedWords } from "../../../../src/core/keys/keyWords.ts";
import { namedSecrets } from "../../../../src/core/keys/namedSecrets.ts";
import { sentKeyWords } from "../../../../src/core/keys/sentKeyWords.ts";
import type { KeyReading } from "../../../../src/core/ports.ts";
import { anEndpoint, someCredentials } from "../../../support/builders.ts";

const key = "sk-key-words-0123456789-abcd";
const setAtMs = Date.UTC(2026, 10, 21, 12);
const formatDate = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);
const secret: KeySource = { from: "secret" };
const env: KeySource = { from: "env", name: "QWEN_KEY" };

describe("keyLine", () => {
  const readings: readonly (readonly [KeySource, KeyReading, string])[] = [
    [secret, { kind: "key", value: key, setAtMs }, "secret …abcd · set 2026-11-21"],
    [env, { kind: "key", value: key }, "env QWEN_KEY …abcd"],
    [secret, { kind: "key", value: "short" }, "secret …"],
    [{ from: "none" }, { kind: "none" }, "none"],
    [secret, { kind: "missing", where: "secret" }, "secret · missing"],
    [secret, { kind: "other-origin", origin: "http://a.invalid" }, "secret · for another address"],
    [env, { kind: "needs-consent", where: "env" }, "env QWEN_KEY · not allowed yet"],
    [secret, { kind: "plain-http", origin: "http://a.invalid" }, "secret · held back: plain http"],
    [env, { kind: "failed", where: "env", reason: "EACCES" }, "env QWEN_KEY · can not be read"],
  ];
  for (const [source, reading, line] of readings) {
    it(`of a key that is ${reading.kind}: ${line}`, () => {
      const status = keyStatus({ key: source }, reading);
      assert.equal(keyLine(status, formatDate), line);
      assert.ok(explainKey(status).every((text) => text !== ""));
      assert.ok(!JSON.stringify(status).includes(key));
    });
  }

  it("names a new key that waits, by its last four characters", () => {
    const next = { value: `${key}-wxyz`, origin: "http://a.invalid", setAtMs };
    const status = keyStatus({ key: secret }, { kind: "key", value: key, setAtMs }, next);
    assert.equal(
      keyLine(status, formatDate),
      "secret …abcd · new …wxyz waits for its test · old one set 2026-11-21",
    );
    assert.equal(keyInUse(status, formatDate), "…abcd, set 2026-11-21");
    assert.equal(explainKey(status).length, 2);
    assert.ok(!JSON.stringify(status).includes(key));
  });

  it("says which origin a key that is held back is for", () => {
    const status = keyStatus({ key: secret }, { kind: "other-origin", origin: "http://a.invalid" });
    assert.match(explainKey(status).join(" "), /entered for http:\/\/a\.invalid/);
  });
});

describe("removedWords", () => {
  it("names each thing once", () => {
    const cleaned = cleanKey(` export KEY="Bearer ${key}"\n`);
    assert.ok(cleaned.kind === "clean");
    assert.equal(
      removedWords(cleaned.changes),
      "spaces and line breaks, the variable's name and =, quotation marks, the word Bearer",
    );
    assert.equal(cleaned.key, key);
  });
});

describe("namedSecrets", () => {
  it("finds those of headers and of the passphrase, each once", () => {
    const endpoint = anEndpoint({
      headers: { a: "${secret:ONE}", b: "${secret:ONE} ${secret:TWO}", c: "${env:THREE}" },
      tls: { verify: true, passphrase: "${secret:FOUR}" },
    });
    assert.deepEqual(namedSecrets(endpoint), ["ONE", "TWO", "FOUR"]);
  });
});

describe("sentKeyWords", () => {
  const sent = { kind: "key", value: key } as const;

  it("names the key that goes along", () =>
    assert.equal(sentKeyWords(secret, someCredentials({ key: sent }), "placeholder"), "secret …abcd"));

  it("says that the client sends EMPTY where it insists on a key", () =>
    assert.equal(
      sentKeyWords({ from: "none" }, someCredentials(), "placeholder"),
      "no key; the client sends the placeholder EMPTY",
    ));

  it("says that a test sends none", () =>
    assert.equal(sentKeyWords({ from: "none" }, someCredentials(), "nothing"), "no key"));

  it("says why there is none", () => {
    const missing = { kind: "missing", where: "secret" } as const;
    assert.equal(
      sentKeyWords(secret, someCredentials({ key: missing }), "nothing"),
      "no key · secret (missing)",
    );
  });

  it("names a header's own key, which is sent instead", () => {
    const credentials = someCredentials({ key: sent, headers: { "api-key": `${key}-wxyz` } });
    assert.equal(sentKeyWords(secret, credentials, "placeholder"), "a header's own key …wxyz");
  });
});
