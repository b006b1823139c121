import assert from "node:assert/strict";

import fc from "fast-check";

import {
  cleanBaseUrl,
  hasVersion,
  isDashScope,
  isLoopbackHost,
  joinPath,
  originOf,
  type UrlChange,
} from "../../../../src/core/endpoint/baseUrl.ts";

const dashScope = "https://dashscope.aliyuncs.com/compatible-mode/v1";

describe("cleanBaseUrl", () => {
  const cases: readonly { pasted: string; baseUrl: string; changes?: readonly UrlChange[]; key?: string }[] =
    [
      { pasted: "http://localhost:8000/v1", baseUrl: "http://localhost:8000/v1" },
      { pasted: "HTTP://LocalHost:8000/v1", baseUrl: "http://localhost:8000/v1" },
      { pasted: "http://localhost:8000/v1/", baseUrl: "http://localhost:8000/v1" },
      { pasted: "http://localhost:8000/v1///", baseUrl: "http://localhost:8000/v1" },
      { pasted: "  http://localhost:8000/v1\n", baseUrl: "http://localhost:8000/v1", changes: ["trimmed"] },
      { pasted: '"http://localhost:8000/v1",', baseUrl: "http://localhost:8000/v1", changes: ["trimmed"] },
      { pasted: "' http://localhost:8000/v1 '", baseUrl: "http://localhost:8000/v1", changes: ["trimmed"] },
      { pasted: "<http://localhost:8000/v1>", baseUrl: "http://localhost:8000/v1", changes: ["trimmed"] },
      { pasted: "http://localhost:8000", baseUrl: "http://localhost:8000/v1", changes: ["version-added"] },
      { pasted: "http://localhost:8000/", baseUrl: "http://localhost:8000/v1", changes: ["version-added"] },
      {
        pasted: "localhost:8000",
        baseUrl: "http://localhost:8000/v1",
        changes: ["scheme-added", "version-added"],
      },
      { pasted: "//localhost:8000/v1", baseUrl: "http://localhost:8000/v1", changes: ["scheme-added"] },
      { pasted: "127.0.0.1:30000/v1", baseUrl: "http://127.0.0.1:30000/v1", changes: ["scheme-added"] },
      { pasted: "[::1]:8000/v1", baseUrl: "http://[::1]:8000/v1", changes: ["scheme-added"] },
      { pasted: "http://[fe80::1]:8000/v1", baseUrl: "http://[fe80::1]:8000/v1" },
      { pasted: "gpu-box:8000/v1", baseUrl: "http://gpu-box:8000/v1", changes: ["scheme-added"] },
      { pasted: "gpu.example:8000/v1", baseUrl: "http://gpu.example:8000/v1", changes: ["scheme-added"] },
      { pasted: "api.openai.com/v1", baseUrl: "https://api.openai.com/v1", changes: ["scheme-added"] },
      { pasted: "https://api.openai.com:443/v1", baseUrl: "https://api.openai.com/v1" },
      ...["chat/completions", "completions", "embeddings", "rerank", "models", "responses"].map(
        (operation) => ({
          pasted: `http://localhost:8000/v1/${operation}`,
          baseUrl: "http://localhost:8000/v1",
          changes: ["path-cut" as const],
        }),
      ),
      {
        pasted: "http://localhost:8000/v1/chat/completions/",
        baseUrl: "http://localhost:8000/v1",
        changes: ["path-cut"],
      },
      {
        pasted: "http://localhost:8000/chat/completions",
        baseUrl: "http://localhost:8000/v1",
        changes: ["path-cut", "version-added"],
      },
      {
        pasted: "http://localhost:8000/v1/v1",
        baseUrl: "http://localhost:8000/v1",
        changes: ["version-deduplicated"],
      },
      {
        pasted: "http://localhost:8000/v1/v1/embeddings",
        baseUrl: "http://localhost:8000/v1",
        changes: ["path-cut", "version-deduplicated"],
      },
      { pasted: "https://openrouter.ai/api/v1", baseUrl: "https://openrouter.ai/api/v1" },
      {
        pasted: "https://openrouter.ai/api",
        baseUrl: "https://openrouter.ai/api/v1",
        changes: ["version-added"],
      },
      { pasted: "https://ark.example/api/v3", baseUrl: "https://ark.example/api/v3" },
      { pasted: "https://proxy.example/team/llm", baseUrl: "https://proxy.example/team/llm" },
      { pasted: dashScope, baseUrl: dashScope },
      { pasted: "dashscope.aliyuncs.com", baseUrl: dashScope, changes: ["scheme-added", "version-added"] },
      { pasted: "https://dashscope.aliyuncs.com/v1", baseUrl: dashScope },
      {
        pasted: "https://dashscope.aliyuncs.com/compatible-mode",
        baseUrl: dashScope,
        changes: ["version-added"],
      },
      {
        pasted: "https://coding.dashscope.aliyuncs.com/v1",
        baseUrl: "https://coding.dashscope.aliyuncs.com/v1",
      },
      {
        pasted: "https://token-plan.cn-beijing.maas.aliyuncs.com",
        baseUrl: "https://token-plan.cn-beijing.maas.aliyuncs.com/compatible-mode/v1",
        changes: ["version-added"],
      },
      {
        pasted: "http://0.0.0.0:8000/v1",
        baseUrl: "http://127.0.0.1:8000/v1",
        changes: ["wildcard-host-replaced"],
      },
      { pasted: "http://[::]:8000/v1", baseUrl: "http://[::1]:8000/v1", changes: ["wildcard-host-replaced"] },
      {
        pasted: "https://me:sk-1@host.example/v1",
        baseUrl: "https://host.example/v1",
        changes: ["credentials-removed"],
        key: "sk-1",
      },
      {
        pasted: "https://sk-1@host.example/v1",
        baseUrl: "https://host.example/v1",
        changes: ["credentials-removed"],
        key: "sk-1",
      },
      {
        pasted: "https://me:a%zz@host.example/v1",
        baseUrl: "https://host.example/v1",
        changes: ["credentials-removed"],
        key: "a%zz",
      },
      ...["api_key", "api-key", "key", "token", "access_token"].map((name) => ({
        pasted: `https://host.example/v1?${name}=sk-1&region=eu`,
        baseUrl: "https://host.example/v1?region=eu",
        changes: ["credentials-removed" as const],
        key: "sk-1",
      })),
      {
        pasted: "https://host.example/v1?api_key=sk-1",
        baseUrl: "https://host.example/v1",
        changes: ["credentials-removed"],
        key: "sk-1",
      },
      {
        pasted: "https://x.example/openai/deployments/d/chat/completions?api-version=2024-10-21",
        baseUrl: "https://x.example/openai/deployments/d?api-version=2024-10-21",
        changes: ["path-cut"],
      },
      {
        pasted: "http://localhost:8000/v1#top",
        baseUrl: "http://localhost:8000/v1",
        changes: ["query-removed"],
      },
      { pasted: "http://localhost:8000/v1#", baseUrl: "http://localhost:8000/v1" },
      { pasted: "http://localhost:8000/v1?", baseUrl: "http://localhost:8000/v1" },
    ];
  for (const { pasted, baseUrl, changes = [], key } of cases) {
    it(`makes ${baseUrl} of ${JSON.stringify(pasted)}`, () => {
      const expected = { kind: "clean", baseUrl, changes, ...(key === undefined ? {} : { keyInUrl: key }) };
      assert.deepEqual(cleanBaseUrl(pasted), expected);
    });
  }

  const refused: readonly { pasted: string; reason: string }[] = [
    { pasted: "", reason: "empty" },
    { pasted: ' "" ', reason: "empty" },
    { pasted: "http://", reason: "not-a-url" },
    { pasted: "http://a b/v1", reason: "not-a-url" },
    { pasted: "localhost:99999", reason: "not-a-url" },
    { pasted: "ftp://host/v1", reason: "scheme" },
    { pasted: "file:///etc/passwd", reason: "scheme" },
    { pasted: "ws://host/v1", reason: "scheme" },
  ];
  for (const { pasted, reason } of refused) {
    it(`refuses ${JSON.stringify(pasted)} as ${reason}`, () => {
      assert.deepEqual(cleanBaseUrl(pasted), { kind: "invalid", reason });
    });
  }

  it("never throws, and changes nothing in what it has cleaned (property)", () => {
    const segment = fc.constantFrom(
      "",
      "v1",
      "v2",
      "chat/completions",
      "embeddings",
      "models",
      "api",
      "openai",
      "x",
      "%",
    );
    const path = fc.array(segment, { maxLength: 5 }).map((segments) => segments.join("/"));
    const start = fc.constantFrom(
      "",
      "http://",
      "https://",
      "//",
      "localhost:1",
      "dashscope.aliyuncs.com",
      "http://0.0.0.0",
      "http://u:%@h",
    );
    const tail = fc.constantFrom("", "?", "#", "?key=1", "?a=/", "#x", '"', " ");
    const pasted = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string(),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.tuple(start, path, tail).map(([a, b, c]) => `${a}/${b}${c}`),
    );
    fc.assert(
      fc.property(pasted, (text) => {
        const once = cleanBaseUrl(text);
        // Punctuation that a cut fragment or key leaves at the end would be trimmed the next time.
        if (once.kind === "clean" && !/["'`>,;]$/.test(once.baseUrl)) {
          assert.deepEqual(cleanBaseUrl(once.baseUrl), { kind: "clean", baseUrl: once.baseUrl, changes: [] });
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe("joinPath", () => {
  const cases: readonly { baseUrl: string; expected: string }[] = [
    { baseUrl: "http://h/v1", expected: "http://h/v1/models" },
    { baseUrl: "http://h/v1/", expected: "http://h/v1/models" },
    { baseUrl: "http://h/v1?api-version=1", expected: "http://h/v1/models?api-version=1" },
    { baseUrl: "http://h/v1?a=b?c", expected: "http://h/v1/models?a=b?c" },
  ];
  for (const { baseUrl, expected } of cases) {
    it(`puts the path behind ${baseUrl}`, () => assert.equal(joinPath(baseUrl, "/models"), expected));
  }
});

describe("originOf", () => {
  const cases: readonly { url: string; expected: string | undefined }[] = [
    { url: "https://h/v1", expected: "https://h" },
    { url: "https://H:443/x", expected: "https://h" },
    { url: "http://h:8000/v1?x", expected: "http://h:8000" },
    { url: "http://me:key@h/v1", expected: "http://h" },
    { url: "localhost:8000", expected: undefined },
    { url: "file:///x", expected: undefined },
    { url: "", expected: undefined },
  ];
  for (const { url, expected } of cases) {
    it(`is ${String(expected)} for "${url}"`, () => assert.equal(originOf(url), expected));
  }
});

describe("isLoopbackHost", () => {
  for (const host of ["localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.8.9.10", "::1", "[::1]"]) {
    it(`takes ${host} for this machine`, () => assert.equal(isLoopbackHost(host), true));
  }
  for (const host of ["localhost.example", "127.example", "0.0.0.0", "10.0.0.1", "::2", ""]) {
    it(`takes "${host}" for another`, () => assert.equal(isLoopbackHost(host), false));
  }
});

describe("hasVersion", () => {
  const cases: readonly [url: string, expected: boolean][] = [
    ["http://h/v1", true],
    ["http://h/api/v3", true],
    ["http://h/v1beta/openai", true],
    ["http://h/openai/deployments/d", true],
    ["http://h", false],
    ["http://h/video", false],
    ["http://v1/api", false],
    ["no url", false],
  ];
  for (const [url, expected] of cases) {
    it(`is ${String(expected)} for ${url}`, () => assert.equal(hasVersion(url), expected));
  }
});

describe("isDashScope", () => {
  const cases: readonly [url: string, expected: boolean][] = [
    [dashScope, true],
    ["https://dashscope-intl.aliyuncs.com/compatible-mode/v1", true],
    ["https://dashscope-us.aliyuncs.com/compatible-mode/v1", true],
    ["https://coding.dashscope.aliyuncs.com/v1", true],
    ["https://w1.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1", true],
    ["https://dashscope.aliyuncs.com.evil.example/v1", false],
    ["https://evil-dashscope.aliyuncs.com/v1", false],
    ["https://oss.aliyuncs.com/v1", false],
  ];
  for (const [url, expected] of cases) {
    it(`is ${String(expected)} for ${url}`, () => assert.equal(isDashScope(url), expected));
  }
});
