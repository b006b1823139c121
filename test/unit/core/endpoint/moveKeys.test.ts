import assert from "node:assert/strict";

import { planMove } from "../../../../src/core/endpoint/moveKeys.ts";

const url = "https://gpu.example/v1";
const fromSecret = { key: { from: "secret" } };

describe("moving the keys of an entry to the secret storage", () => {
  const cases: readonly {
    readonly name: string;
    readonly entry: object;
    readonly keys?: readonly string[];
    readonly named?: readonly (readonly [string, string])[];
    readonly change: object;
  }[] = [
    {
      name: "a key in the query",
      entry: { baseUrl: `${url}?tenant=a&api_key=sk-1` },
      keys: ["sk-1"],
      change: { baseUrl: `${url}?tenant=a`, ...fromSecret },
    },
    {
      name: "a key as the only user info",
      entry: { baseUrl: "https://:sk-1@gpu.example/v1" },
      keys: ["sk-1"],
      change: { baseUrl: url, ...fromSecret },
    },
    {
      name: "a user and a password",
      entry: { baseUrl: "https://me:p%C3%A4ss@gpu.example/v1" },
      named: [["a-basic", Buffer.from("me:päss").toString("base64")]],
      change: { baseUrl: url, headers: { Authorization: "Basic ${secret:a-basic}" } },
    },
    {
      name: "a key as text, cleaned",
      entry: { baseUrl: url, key: " Bearer sk-1\n" },
      keys: ["sk-1"],
      change: fromSecret,
    },
    {
      name: "a key beside its source",
      entry: { baseUrl: url, key: { from: "env", name: "K", value: "sk-1" } },
      keys: ["sk-1"],
      change: fromSecret,
    },
    {
      name: "a field of its own",
      entry: { baseUrl: url, apiKey: "sk-1" },
      keys: ["sk-1"],
      change: { apiKey: undefined, ...fromSecret },
    },
    {
      name: "a bearer header",
      entry: { baseUrl: url, headers: { Authorization: "Bearer sk-1" } },
      keys: ["sk-1"],
      change: { headers: undefined, ...fromSecret },
    },
    {
      name: "other headers, beside harmless ones",
      entry: {
        baseUrl: url,
        key: { from: "env", name: "K" },
        headers: { "X-API-Key": "k1", Authorization: "Basic dTpw", "X-Team": "a" },
      },
      named: [
        ["a-x-api-key", "k1"],
        ["a-authorization", "dTpw"],
      ],
      change: {
        headers: {
          "X-API-Key": "${secret:a-x-api-key}",
          Authorization: "Basic ${secret:a-authorization}",
          "X-Team": "a",
        },
      },
    },
    {
      name: "a login in the URL beside an own Authorization, which is what is sent",
      entry: { baseUrl: "https://me:pw@gpu.example/v1", headers: { authorization: "Bearer sk-1" } },
      keys: ["sk-1"],
      named: [["a-basic", "bWU6cHc="]],
      change: { baseUrl: url, headers: undefined, ...fromSecret },
    },
    {
      name: "one key in three places",
      entry: { baseUrl: `${url}?key=sk-1`, key: "sk-1", headers: { Authorization: "bearer sk-1" } },
      keys: ["sk-1"],
      change: { baseUrl: url, headers: undefined, ...fromSecret },
    },
    {
      name: "three keys, the one that is sent today first",
      entry: { baseUrl: `${url}?key=sk-3`, key: "sk-2", headers: { Authorization: "Bearer sk-1" } },
      keys: ["sk-1", "sk-2", "sk-3"],
      change: { baseUrl: url, headers: undefined, ...fromSecret },
    },
    { name: "nothing", entry: { baseUrl: url, headers: { "X-Team": "a" } }, change: {} },
  ];
  for (const { name, entry, keys = [], named = [], change } of cases) {
    it(`takes ${name}`, () => {
      const move = planMove({ id: "a", ...entry }, "a");
      assert.deepEqual(
        move.keys.map(({ value }) => value),
        keys,
      );
      assert.deepEqual(
        move.named.map((each) => [each.name, each.value]),
        named,
      );
      assert.deepEqual(move.change, change);
      assert.deepEqual(move.refused, []);
    });
  }

  it("refuses what can be no key, rather than lose it", () => {
    assert.deepEqual(planMove({ key: "sk-密钥" }, "a").refused, [{ place: "key" }]);
  });

  it("gives two headers of one name a secret each", () => {
    const { named } = planMove({ headers: { "x-api-key": "k1", "X-Api-Key": "k2" } }, "a");
    assert.equal(new Set(named.map(({ name }) => name)).size, 2);
  });
});
