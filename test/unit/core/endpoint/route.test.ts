import assert from "node:assert/strict";

import { type EditorProxy, editorProxyFor, routeOf } from "../../../../src/core/endpoint/route.ts";

describe("the way of a request", () => {
  const routes: readonly (readonly [url: string, own: string | undefined, kind: string])[] = [
    ["https://gpu.invalid/v1", undefined, "editor"],
    ["https://gpu.invalid/v1", "direct", "direct"],
    ["https://gpu.invalid/v1", "http://proxy.invalid:3128", "proxy"],
    ["http://127.0.0.1:8000/v1", undefined, "direct"],
    ["http://127.9.9.9:8000/v1", undefined, "direct"],
    ["http://localhost:8000/v1", undefined, "direct"],
    ["http://model.localhost:8000/v1", undefined, "direct"],
    ["http://[::1]:8000/v1", undefined, "direct"],
    ["http://[::1]:8000/v1", "http://proxy.invalid:3128", "proxy"],
    ["http://127.0.0.1.invalid/v1", undefined, "editor"],
  ];
  for (const [url, own, kind] of routes) {
    it(`of ${url} with the proxy ${own ?? "not set"} is ${kind}`, () =>
      assert.equal(routeOf(url, own).kind, kind));
  }
});

/** What test/host/proxies.test.ts measures of the settings; the environment was measured by hand with the same results. */
describe("the proxy of the editor", () => {
  const none: EditorProxy = { proxy: "", support: "override", noProxy: [], env: {} };
  const set = { ...none, proxy: "http://one.invalid:1" };
  const env = { HTTP_PROXY: "http://two.invalid:2" };
  const cases: readonly (readonly [name: string, url: string, EditorProxy, string])[] = [
    ["nothing", "http://gpu.invalid", none, ""],
    ["the setting", "http://gpu.invalid", set, "one used"],
    ["the setting before the environment", "http://gpu.invalid", { ...set, env }, "one used"],
    ["the environment", "http://gpu.invalid", { ...none, env }, "two used"],
    ["HTTP_PROXY for https as well", "https://gpu.invalid", { ...none, env }, "two used"],
    [
      "HTTPS_PROXY for http as well",
      "http://gpu.invalid",
      { ...none, env: { ...env, HTTPS_PROXY: "http://three.invalid" } },
      "three used",
    ],
    ["an address without a scheme", "http://gpu.invalid", { ...none, proxy: "one.invalid:1" }, ""],
    [
      "an address without a scheme before the environment",
      "http://gpu.invalid",
      { ...none, proxy: "one.invalid:1", env },
      "two used",
    ],
    ["a SOCKS proxy", "http://gpu.invalid", { ...none, proxy: "socks5://one.invalid:1" }, "one used"],
    ["support that is off", "http://gpu.invalid", { ...set, support: "off" }, "one not used"],
    ["NO_PROXY", "http://gpu.invalid", { ...none, env: { ...env, NO_PROXY: "a, .invalid" } }, "two not used"],
    [
      "NO_PROXY beside an entry of the setting",
      "http://gpu.invalid",
      { ...none, noProxy: ["other"], env: { ...env, NO_PROXY: "*" } },
      "two used",
    ],
    ["a port", "https://gpu.invalid", { ...set, noProxy: ["gpu.invalid:443"] }, "one not used"],
    ["another port", "https://gpu.invalid:8443", { ...set, noProxy: ["gpu.invalid:443"] }, "one used"],
    ["an empty entry", "http://gpu.invalid", { ...set, noProxy: [""] }, "one used"],
  ];
  for (const [name, url, editor, expected] of cases) {
    it(`goes by ${name}`, () => {
      const told = editorProxyFor(url, editor);
      const host = told === undefined ? "" : /(one|two|three)/.exec(told.proxy)?.[0];
      assert.equal(told === undefined ? "" : `${host ?? ""} ${told.use}`, expected);
    });
  }
});
