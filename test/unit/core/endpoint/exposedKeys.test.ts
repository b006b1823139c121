import assert from "node:assert/strict";

import fc from "fast-check";

import { placeName } from "../../../../src/core/diagnosis/judgeExposed.ts";
import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import type { Endpoint } from "../../../../src/core/endpoint/endpoint.ts";
import { EndpointStore, sameConnection } from "../../../../src/core/endpoint/endpointStore.ts";
import { exposedValues } from "../../../../src/core/endpoint/exposedKeys.ts";
import { type EndpointEntry, parseEndpoints } from "../../../../src/core/endpoint/parseSettings.ts";
import { consentName } from "../../../../src/core/keys/consent.ts";
import { childRows, topRows } from "../../../../src/core/endpoint/rows.ts";

const good = { id: "a", baseUrl: "https://gpu.example/v1" };
const secret = "sk-planted-8f2e91c4";

function parsed(fields: object): EndpointEntry {
  const [entry] = parseEndpoints([{ ...good, ...fields }], "user");
  assert.ok(entry !== undefined);
  return entry;
}

function usable(fields: object): Endpoint {
  const entry = parsed(fields);
  assert.ok(entry.kind === "valid", JSON.stringify(entry));
  return entry.endpoint;
}

describe("a key that stands in the settings", () => {
  const unsent: readonly { readonly fields: object; readonly place: string; readonly baseUrl?: string }[] = [
    { fields: { baseUrl: `https://me:${secret}@gpu.example/v1` }, place: "baseUrl" },
    { fields: { baseUrl: `https://${secret}@gpu.example/v1/` }, place: "baseUrl" },
    { fields: { baseUrl: `https://:${secret}@gpu.example/v1` }, place: "baseUrl" },
    { fields: { baseUrl: `https:\\\\me:${secret}@gpu.example/v1` }, place: "baseUrl" },
    { fields: { baseUrl: `https:me:${secret}@gpu.example/v1` }, place: "baseUrl" },
    { fields: { baseUrl: `https://gpu.example/v1?api_key=${secret}` }, place: "baseUrl" },
    { fields: { baseUrl: `https://gpu.example/v1?API-Key=${secret}` }, place: "baseUrl" },
    { fields: { baseUrl: `https://gpu.example/v1?subscription-key=${secret}` }, place: "baseUrl" },
    { fields: { baseUrl: `https://gpu.example/v1#token=${secret}` }, place: "baseUrl" },
    {
      fields: { baseUrl: `https://gpu.example/v1?tenant=a&token=${secret}` },
      place: "baseUrl",
      baseUrl: "https://gpu.example/v1?tenant=a",
    },
    { fields: { key: secret }, place: "key" },
    { fields: { key: ` ${secret}\n` }, place: "key" },
    { fields: { key: { from: "secret", value: secret } }, place: "key" },
    { fields: { key: { from: "env", name: "KEY", apiKey: secret } }, place: "key" },
    { fields: { key: { from: "vault", token: secret } }, place: "key" },
    { fields: { key: { from: "env", name: "sk-0123456789abcdef" } }, place: "key" },
    { fields: { apiKey: secret }, place: "apiKey" },
    { fields: { api_key: secret }, place: "api_key" },
  ];
  for (const { fields, place, baseUrl = good.baseUrl } of unsent) {
    it(`is no part of the endpoint, which stays usable, in ${JSON.stringify(fields).replaceAll(secret, "KEY")}`, () => {
      const endpoint = usable(fields);
      assert.deepEqual(endpoint.exposed.map(placeName), [place]);
      assert.equal(endpoint.baseUrl, baseUrl);
      assert.deepEqual(endpoint.key, { from: "secret" });
      assert.doesNotMatch(JSON.stringify(endpoint), /sk-/);
      assert.ok(exposedValues({ ...good, ...fields }).some((value) => /^sk-/.test(value)));
    });
  }

  const headers: readonly [name: string, value: string][] = [
    ["Authorization", `Bearer ${secret}`],
    ["authorization", secret],
    ["Authorization", "Basic dXNlcjpwYXNz"],
    ["Proxy-Authorization", "Basic dXNlcjpwYXNz"],
    ["api-key", "0123456789abcdef"],
    ["x-api-key", "short"],
    ["Cookie", "session=8f2e91c4"],
    ["X-Team-Token", "8f2e91c4aa"],
    ["X-Client-Secret", "8f2e91c4aa"],
    ["X-Whatever", secret],
  ];
  for (const [name, value] of headers) {
    it(`is sent as before, and told of, in the header ${name}: ${value.slice(0, 6)}…`, () => {
      const endpoint = usable({ headers: { [name]: value } });
      assert.deepEqual(endpoint.exposed, [{ place: "header", name }]);
      assert.deepEqual(endpoint.headers, { [name]: value });
      assert.ok(exposedValues({ headers: { [name]: value } }).some((each) => value.endsWith(each)));
    });
  }

  const harmless: readonly object[] = [
    {},
    { headers: { Authorization: "Bearer ${secret:TEAM}" } },
    { headers: { Authorization: "Bearer EMPTY" } },
    { headers: { "api-key": "" } },
    { headers: { "X-Max-Tokens": "4096", "X-Team": "search", "Accept-Language": "en" } },
    { headers: { "Idempotency-Key": "0e37df36-f698-11e6" } },
    { baseUrl: "https://gpu.example/v1?api-version=2024-10-21&monkey=1" },
    { key: { from: "env", name: "HF_TOKEN_FOR_TESTS_AND_MORE" } },
    { key: { from: "keychain", service: "model-services", account: "ms-team-service-account" } },
  ];
  for (const fields of harmless) {
    it(`is not seen in ${JSON.stringify(fields)}`, () => {
      assert.deepEqual(usable(fields).exposed, []);
      assert.deepEqual(exposedValues({ ...good, ...fields }), []);
    });
  }

  it("as a passphrase makes the entry unusable, and the problem says what to write", () => {
    const entry = parsed({ tls: { cert: "/c.pem", key: "/k.pem", passphrase: "open sesame 8f2e" } });
    assert.ok(entry.kind === "invalid");
    assert.match(entry.problems.join(), /"tls.passphrase": must be \$\{secret:NAME\} or \$\{env:NAME\}/);
    assert.doesNotMatch(JSON.stringify(entry), /sesame/);
    assert.equal(usable({ tls: { passphrase: "${env:PASS}" } }).tls.passphrase, "${env:PASS}");
  });

  it("is in no name under which a consent is kept, and a changed template still asks again", () => {
    const named = (headers: Readonly<Record<string, string>>): string => consentName(usable({ headers }));
    const literal = { Authorization: `Bearer ${secret}` };
    assert.doesNotMatch(named(literal), /sk-/);
    assert.notEqual(named({ ...literal, "X-A": "${env:A}" }), named({ ...literal, "X-A": "${env:B}" }));
    assert.notEqual(named({ ...literal, "X-Team": "a" }), named({ ...literal, "X-Team": "b" }));
  });

  it("is known to the redactor in every form, a proxy's and a passphrase too", () => {
    const entry = {
      baseUrl: "https://me:p%40ss%2Fword@gpu.example/v1",
      proxy: "http://me:proxy-pass@proxy.example:3128",
      tls: { passphrase: "sesame-1234" },
      key: ["sk-0123456789abcdef"],
    };
    const redactor = createRedactor();
    exposedValues(entry).forEach((value) => {
      redactor.know(value);
    });
    const said = redactor.clean(`${JSON.stringify(entry)} p@ss/word`);
    assert.doesNotMatch(said, /word|proxy-pass|sesame|0123456789/);
  });
});

/** Letters alone, so that no part of it is an escape; long enough that nothing else holds it by chance. */
const planted = fc.stringMatching(/^[A-Za-z0-9]{20,40}$/);

/** Where people put keys, in entries that are otherwise good or bad. */
const places: readonly ((key: string) => object)[] = [
  (key) => ({ baseUrl: `https://me:${key}@gpu.example/v1` }),
  (key) => ({ baseUrl: `https://${key}@gpu.example/v1` }),
  (key) => ({ baseUrl: `ftp://me:${key}@gpu.example/v1` }),
  (key) => ({ baseUrl: `me:${key}@gpu.example/v1` }),
  (key) => ({ baseUrl: `gpu.example/v1?api_key=${key}` }),
  (key) => ({ baseUrl: `https://gpu.example/v1?token=${key}` }),
  (key) => ({ baseUrl: `https://gpu.example/v1#access_token=${key}` }),
  (key) => ({ baseUrl: key }),
  (key) => ({ key }),
  (key) => ({ key: [key] }),
  (key) => ({ key: { from: key } }),
  (key) => ({ key: { from: "secret", value: key } }),
  (key) => ({ key: { from: "secret", [`sk-${key}`]: true } }),
  (key) => ({ key: { from: "env", name: 1, apiKey: key } }),
  (key) => ({ key: { from: "keychain", service: "s", token: key } }),
  (key) => ({ apiKey: key }),
  (key) => ({ token: key }),
  (key) => ({ headers: { Authorization: `Bearer ${key}` } }),
  (key) => ({ headers: { "x-api-key": key } }),
  (key) => ({ headers: { "X-My-Token": key } }),
  (key) => ({ headers: { Cookie: `session=${key}` } }),
  (key) => ({ headers: { "api-key": [key] } }),
  (key) => ({ headers: { [`Authorization: Bearer ${key}`]: "" } }),
  (key) => ({ tls: { passphrase: key } }),
  (key) => ({ name: `sk-${key}`, baseUrl: 1 }),
];
const damage = fc.constantFrom(
  {},
  { id: "a b" },
  { models: 1 },
  { unknown: true },
  { timeouts: { idleMs: 0 } },
);

describe("whatever is said of an entry with a key in it (property)", () => {
  it("never holds the key: problems, rows, tooltips, findings, and what tells two connections apart", () => {
    fc.assert(
      fc.property(planted, fc.constantFrom(...places), damage, (key, place, damaged) => {
        const entries = parseEndpoints([{ ...good, ...place(key), ...damaged }], "user");
        const store = new EndpointStore();
        store.replace(entries);
        const context = { formatTime: () => "", formatDate: () => "", demoId: undefined };
        const rows = topRows(store, context);
        const below = rows.flatMap((row) => childRows(row, store, context));
        const fixes = below.flatMap((row) => childRows(row, store, context));
        const endpoints = store.endpoints().map(({ headers: _, ...endpoint }) => endpoint);
        const healths = store.endpoints().map(({ id }) => store.health(id));
        const said = JSON.stringify([rows, below, fixes, endpoints, healths]);
        const problems = entries.flatMap((each) =>
          each.kind === "invalid" ? [each.name, ...each.problems] : [],
        );
        assert.ok(!`${said}${problems.join()}`.includes(key.slice(0, 12)), `${said}${problems.join()}`);
      }),
      { numRuns: 1000 },
    );
  });

  it("tells an endpoint apart from the same one whose key was moved", () => {
    const exposed = usable({ baseUrl: `${good.baseUrl}?api_key=${secret}` });
    assert.equal(sameConnection(exposed, usable({})), false);
    assert.equal(sameConnection(exposed, usable({ baseUrl: `${good.baseUrl}?api_key=sk-another` })), true);
  });
});
