import assert from "node:assert/strict";

import fc from "fast-check";

import {
  type EndpointEntry,
  joinEntries,
  parseEndpoints,
} from "../../../../src/core/endpoint/parseSettings.ts";

const good = { id: "a", baseUrl: "http://localhost:8000/v1" };

const problemsOf = (entry: EndpointEntry | undefined): readonly string[] =>
  entry?.kind === "invalid" ? entry.problems : [];

const parseOne = (fields: object): EndpointEntry | undefined => parseEndpoints([fields], "user")[0];

describe("parseEndpoints", () => {
  it("fills in the defaults of an entry that says the least", () => {
    assert.deepEqual(parseOne(good), {
      kind: "valid",
      endpoint: {
        id: "a",
        name: "a",
        baseUrl: "http://localhost:8000/v1",
        protocol: "openai",
        models: {},
        key: { from: "secret" },
        headers: {},
        tls: { verify: true },
        timeouts: { connectMs: 5000, firstByteMs: 60_000, idleMs: 120_000 },
        checkEverySeconds: 60,
        scope: "user",
        exposed: [],
      },
    });
  });

  it("keeps everything an entry says", () => {
    const full = {
      id: "sglang-local",
      name: "SGLang embeddings",
      baseUrl: "https://gpu.example:30000/v1",
      protocol: "generate",
      models: { chat: "c", embedding: "e", rerank: "r" },
      key: { from: "keychain", service: "s", account: "a" },
      headers: { "X-Team": "${secret:TEAM}" },
      tls: { ca: "/ca.pem", verify: false, passphrase: "${secret:PASSPHRASE}" },
      timeouts: { connectMs: 1, firstByteMs: 2, idleMs: 3, totalMs: 4 },
      checkEverySeconds: 0,
    };
    assert.deepEqual(parseEndpoints([full], "workspace"), [
      { kind: "valid", endpoint: { ...full, scope: "workspace", exposed: [] } },
    ]);
  });

  for (const value of [undefined, null, []]) {
    it(`makes no entry of ${JSON.stringify(value)}`, () => {
      assert.deepEqual(parseEndpoints(value, "user"), []);
    });
  }

  for (const value of [{ a: 1 }, "text", 1, true]) {
    it(`says that ${JSON.stringify(value)} is not a list`, () => {
      const [entry, ...rest] = parseEndpoints(value, "user");
      assert.match(problemsOf(entry)[0] ?? "", /must be a list of endpoints/);
      assert.deepEqual(rest, []);
    });
  }

  const bad: readonly { name: string; fields: object; says: RegExp }[] = [
    { name: "no id", fields: { id: undefined }, says: /"id": is missing/ },
    { name: "an empty id", fields: { id: "" }, says: /"id"/ },
    { name: "an id with a slash", fields: { id: "a/b" }, says: /"id": may hold letters/ },
    { name: "an id that begins with a dot", fields: { id: ".a" }, says: /"id": may hold letters/ },
    { name: "a number as id", fields: { id: 1 }, says: /"id": must be a text, but is 1/ },
    { name: "a list as name", fields: { name: [] }, says: /"name": must be a text/ },
    { name: "no base URL", fields: { baseUrl: undefined }, says: /"baseUrl": is missing/ },
    {
      name: "a base URL without a scheme",
      fields: { baseUrl: "localhost:8000/v1" },
      says: /is no http or https address/,
    },
    { name: "a base URL with ftp", fields: { baseUrl: "ftp://a/v1" }, says: /is no http or https address/ },
    { name: "a port out of range", fields: { baseUrl: "http://a:99999" }, says: /is no http or https/ },
    { name: "an unknown protocol", fields: { protocol: "grpc" }, says: /"protocol": must be/ },
    { name: "an unknown task", fields: { models: { chats: "m" } }, says: /"models.chats": unknown key/ },
    {
      name: "a model that is no text",
      fields: { models: { chat: 1 } },
      says: /"models.chat": must be a text/,
    },
    { name: "an unknown key source", fields: { key: { from: "vault" } }, says: /"key.from": must be/ },
    {
      name: "an environment key without its name",
      fields: { key: { from: "env" } },
      says: /"key.name": is missing/,
    },
    {
      name: "an empty command",
      fields: { key: { from: "command", command: [] } },
      says: /"key.command": must be not empty/,
    },
    { name: "a command as text", fields: { key: { from: "command", command: "x" } }, says: /a list/ },
    { name: "headers as a list", fields: { headers: [] }, says: /"headers": must be an object/ },
    { name: "models as a list", fields: { models: [] }, says: /"models": must be an object/ },
    { name: "tls as a list", fields: { tls: [] }, says: /"tls": must be an object/ },
    { name: "timeouts as a list", fields: { timeouts: [] }, says: /"timeouts": must be an object/ },
    { name: "a key as empty text", fields: { key: " " }, says: /"key": must be an object, but is string/ },
    { name: "a source as text", fields: { key: "env" }, says: /"key": must be an object, but is string/ },
    { name: "a placeholder as text", fields: { key: "EMPTY" }, says: /"key": must be an object/ },
    { name: "a header that is no text", fields: { headers: { a: 1 } }, says: /"headers.a": must be a text/ },
    {
      name: "a header name with a space",
      fields: { headers: { "a b": "1" } },
      says: /"headers": "?a b"? is no header name/,
    },
    {
      name: "verify as text",
      fields: { tls: { verify: "no" } },
      says: /"tls.verify": must be true or false/,
    },
    {
      name: "half a millisecond",
      fields: { timeouts: { connectMs: 0.5 } },
      says: /"timeouts.connectMs": must be a whole number/,
    },
    { name: "no time at all", fields: { timeouts: { idleMs: 0 } }, says: /"timeouts.idleMs"/ },
    {
      name: "an interval as text",
      fields: { checkEverySeconds: "60" },
      says: /"checkEverySeconds": must be a number/,
    },
    { name: "a negative interval", fields: { checkEverySeconds: -1 }, says: /"checkEverySeconds"/ },
    { name: "an unknown key", fields: { url: "http://a" }, says: /"url": unknown key/ },
  ];
  for (const { name, fields, says } of bad) {
    it(`says what is wrong with ${name}, and the entries beside it stay good`, () => {
      const entries = parseEndpoints(
        [
          { ...good, id: "before" },
          { ...good, ...fields },
          { ...good, id: "after" },
        ],
        "user",
      );
      assert.deepEqual(
        entries.map(({ kind }) => kind),
        ["valid", "invalid", "valid"],
      );
      assert.match(problemsOf(entries[1]).join("\n"), says);
    });
  }

  for (const entry of [1, "text", null, [], true]) {
    it(`makes a problem of ${JSON.stringify(entry)} in the list`, () => {
      const [parsed] = parseEndpoints([entry], "user");
      assert.notDeepEqual(problemsOf(parsed), []);
      assert.equal(parsed?.kind === "invalid" && parsed.name, "Entry 1");
    });
  }

  for (const key of [{ from: "sk-secret-1234567890" }, ["sk-secret-1234567890"]]) {
    it(`never repeats a key that stands in its settings as ${JSON.stringify(key).slice(0, 9)}…`, () => {
      const problems = problemsOf(parseOne({ ...good, key }));
      assert.match(problems.join(), /"key/);
      assert.doesNotMatch(problems.join(), /sk-secret/);
    });
  }

  it("shows a name in one line, nothing reordered and not so long that it hides what a dialog asks", () => {
    const named = (name: string): string | undefined => {
      const entry = parseOne({ ...good, name });
      return entry?.kind === "valid" ? entry.endpoint.name : undefined;
    };
    assert.equal(named("百炼 🚀"), "百炼 🚀");
    assert.equal(named("a\nTrusted: yes \u202egnp"), "a␊Trusted: yes [U+202E]gnp");
    assert.equal(named("🚀".repeat(101)), `${"🚀".repeat(100)}…`);
  });

  it("cuts the slash at the end of a base URL", () => {
    const entry = parseOne({ ...good, baseUrl: " http://a/v1/ " });
    assert.equal(entry?.kind === "valid" && entry.endpoint.baseUrl, "http://a/v1");
  });

  const junk: readonly { name: string; value: unknown }[] = [
    { name: "one text", value: "x".repeat(1_000_000) },
    { name: "one text in a list", value: ["x".repeat(1_000_000)] },
    { name: "an id", value: [{ ...good, id: "x".repeat(1_000_000) }] },
    { name: "a base URL", value: [{ ...good, baseUrl: "x".repeat(1_000_000) }] },
    { name: "one unknown key", value: [{ ...good, ["x".repeat(1_000_000)]: 1 }] },
    { name: "a header name", value: [{ ...good, headers: { ["x ".repeat(500_000)]: "1" } }] },
    { name: "a header value", value: [{ ...good, headers: { a: ["x".repeat(1_000_000)] } }] },
    {
      name: "many unknown keys",
      value: [Object.fromEntries(Array.from({ length: 90_000 }, (_, index) => [`key${index}`, 1]))],
    },
    {
      name: "many bad headers",
      value: [
        {
          ...good,
          headers: Object.fromEntries(Array.from({ length: 90_000 }, (_, index) => [`a ${index}`, 1])),
        },
      ],
    },
    { name: "many small entries", value: Array.from({ length: 500_000 }, () => 1) },
    { name: "deep nesting", value: JSON.parse(`${"[".repeat(500_000)}${"]".repeat(500_000)}`) as unknown },
  ];
  for (const { name, value } of junk) {
    it(`stays short with 1 MB of junk as ${name}`, () => {
      const entries = parseEndpoints(value, "user");
      const size = JSON.stringify(entries).length;
      assert.ok(size < 300_000, `${size} characters`);
      assert.ok(entries.every(({ kind }) => kind === "invalid"));
    });
  }

  it("says how much of a list without end is read", () => {
    const entries = parseEndpoints(
      Array.from({ length: 2001 }, (_, index) => ({ ...good, id: `a${index}` })),
      "user",
    );
    assert.match(problemsOf(entries[0])[0] ?? "", /has 2001 entries, of which the first 2000 are read/);
    assert.equal(entries.filter(({ kind }) => kind === "valid").length, 2000);
  });

  it("gives a list of entries for any JSON value, and never throws (property)", () => {
    const entry = fc.record(
      {
        id: fc.oneof(fc.string(), fc.jsonValue()),
        baseUrl: fc.oneof(fc.webUrl(), fc.string(), fc.jsonValue()),
        key: fc.jsonValue(),
        headers: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.jsonValue())),
        models: fc.jsonValue(),
        tls: fc.jsonValue(),
        timeouts: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.array(entry)), (value) => {
        for (const parsed of parseEndpoints(value, "user")) {
          assert.ok(parsed.kind === "valid" || parsed.problems.length > 0);
          assert.ok(problemsOf(parsed).every((problem) => problem !== "" && problem.length < 400));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("joinEntries", () => {
  const named = (id: string, scope: "user" | "workspace" = "user"): readonly EndpointEntry[] =>
    parseEndpoints([{ ...good, id }], scope);

  it("lets the first endpoint keep an id, whatever scope the second is from", () => {
    const joined = joinEntries(named("a"), named("a", "workspace"), named("b", "workspace"));
    assert.deepEqual(
      joined.map(({ kind }) => kind),
      ["valid", "invalid", "valid"],
    );
    assert.match(problemsOf(joined[1])[0] ?? "", /another endpoint is already called "a"/);
  });

  it("gives every bad entry a row of its own", () => {
    const twice = parseEndpoints([good, good, good, good, 1, 2], "user");
    const joined = joinEntries(twice, parseEndpoints([good, good, 1], "workspace"));
    const rowIds = joined.flatMap((entry) => (entry.kind === "invalid" ? [entry.rowId] : []));
    assert.equal(rowIds.length, 8);
    assert.equal(new Set(rowIds).size, 8);
  });
});
