import assert from "node:assert/strict";

import { parseEndpoints } from "../../../../src/core/endpoint/parseSettings.ts";

const parse = (proxy: unknown) =>
  parseEndpoints([{ id: "a", baseUrl: "https://gpu.invalid/v1", proxy }], "user")[0];

describe("an endpoint's proxy in the settings", () => {
  for (const proxy of ["direct", "http://127.0.0.1:3128", "https://proxy.invalid", "http://[::1]:3128/"]) {
    it(`may be ${proxy}`, () => {
      const entry = parse(proxy);
      assert.equal(entry?.kind === "valid" ? entry.endpoint.proxy : entry?.kind, proxy);
    });
  }

  const wrong = [
    "127.0.0.1:3128",
    "proxy.invalid",
    "socks5://127.0.0.1:1080",
    "http:proxy.invalid",
    "none",
    "http://me@proxy.invalid",
    "http://me:hunter2@proxy.invalid:3128",
    "http://:hunter2@proxy.invalid:3128",
    "http://proxy.invalid:3128?password=hunter2",
    "http://${secret:hunter2}@proxy.invalid",
  ];
  for (const proxy of wrong) {
    it(`is refused as ${proxy}, and a password in it is not shown`, () => {
      const entry = parse(proxy);
      assert.ok(entry?.kind === "invalid");
      assert.match(entry.problems.join("\n"), /^"proxy": must be "direct" or an address/);
      assert.doesNotMatch(entry.problems.join("\n"), /hunter2/);
    });
  }
});
