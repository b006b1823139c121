import assert from "node:assert/strict";

import type { FindingCode } from "../../../../src/core/diagnosis/finding.ts";
import { judgeKey, keyProblem } from "../../../../src/core/diagnosis/judgeKey.ts";
import type { KeyReading } from "../../../../src/core/ports.ts";

const local = "http://localhost:8000/v1";
const dashScope = "https://dashscope.aliyuncs.com/compatible-mode/v1";
const coding = "https://coding.dashscope.aliyuncs.com/v1";
const refused = '{"error":{"code":"invalid_api_key","message":"Incorrect API key provided."}}';

const key = (value: string): KeyReading => ({ kind: "key", value });

describe("judgeKey", () => {
  const cases: readonly { name: string; key: KeyReading; baseUrl?: string; code: FindingCode }[] = [
    { name: "no key wanted", key: { kind: "none" }, code: "auth.missing" },
    { name: "no key stored", key: { kind: "missing", where: "secret" }, code: "auth.missing" },
    {
      name: "a source that failed",
      key: { kind: "failed", where: "file x", reason: "ENOENT" },
      code: "auth.missing",
    },
    {
      name: "a key for another origin",
      key: { kind: "other-origin", origin: "https://a" },
      code: "auth.origin-changed",
    },
    {
      name: "a source without consent",
      key: { kind: "needs-consent", where: "env K" },
      code: "auth.origin-changed",
    },
    {
      name: "a key held back from the open wire",
      key: { kind: "plain-http", origin: "http://gpu.example" },
      code: "auth.plain-http",
    },
    { name: "a key that is refused", key: key("sk-1"), code: "auth.rejected" },
    { name: "an empty key", key: key("  "), code: "auth.empty" },
    { name: "a key with its scheme", key: key("Bearer sk-1"), code: "auth.double-bearer" },
    { name: "a key with white space", key: key(" sk-1"), code: "auth.whitespace" },
    { name: "a key with Chinese signs", key: key("sk-密钥"), code: "auth.non-ascii" },
    {
      name: "a key refused by DashScope",
      key: key("sk-1"),
      baseUrl: dashScope,
      code: "auth.wrong-region",
    },
    {
      name: "a Coding Plan key at the usual address",
      key: key("sk-sp-1"),
      baseUrl: dashScope,
      code: "auth.wrong-plan",
    },
    { name: "a usual key at the Coding Plan", key: key("sk-1"), baseUrl: coding, code: "auth.wrong-plan" },
  ];
  for (const { name, key: reading, baseUrl = local, code } of cases) {
    it(`is ${code} for ${name}`, () => assert.equal(judgeKey(reading, baseUrl, refused).code, code));
  }

  it("offers to send a key in the clear", () => {
    const { fixes } = judgeKey(
      { kind: "plain-http", origin: "http://gpu.example" },
      "http://gpu.example/v1",
      "",
    );
    assert.deepEqual(fixes[0], { kind: "allow-plain-http", origin: "http://gpu.example" });
  });

  it("offers to send the key to the new origin", () => {
    const { fixes } = judgeKey({ kind: "other-origin", origin: "https://a" }, local, "");
    assert.deepEqual(fixes[0], { kind: "allow-key-for-origin", origin: "http://localhost:8000" });
  });

  const tunnels: readonly [baseUrl: string, commands: readonly string[]][] = [
    ["http://gpu.example:8000/v1", ["ssh -N -L 8000:localhost:8000 gpu.example"]],
    ["http://gpu.example/v1", ["ssh -N -L 8080:localhost:80 gpu.example"]],
    // No shell must read a host name as anything else.
    ["http://a;reboot/v1", []],
    ["http://-oproxycommand/v1", []],
    ["http://[2001:db8::1]:8000/v1", []],
  ];
  for (const [baseUrl, commands] of tunnels) {
    it(`offers ${commands.join() || "no command"} and the user's word for ${baseUrl}`, () => {
      const { origin } = new URL(baseUrl);
      const { fixes } = judgeKey({ kind: "plain-http", origin }, baseUrl, "");
      assert.deepEqual(fixes[0], { kind: "allow-plain-http", origin });
      assert.deepEqual(
        fixes.flatMap((fix) => (fix.kind === "copy-command" ? [fix.command] : [])),
        commands,
      );
    });
  }

  for (const placeholder of ["EMPTY", "none", "sk-xxxx", "sk-no-key-required", "your-api-key", "<API_KEY>"]) {
    it(`takes ${placeholder} for no key`, () => {
      assert.equal(judgeKey(key(placeholder), local, refused).code, "auth.missing");
    });
  }

  it("offers DashScope's other regions, which are asked only when the person says so", () => {
    const regions = (baseUrl: string) =>
      judgeKey(key("sk-1"), baseUrl, refused).fixes.flatMap((fix) =>
        fix.kind === "try-region" ? [[fix.region, new URL(fix.baseUrl).hostname]] : [],
      );
    assert.deepEqual(regions(dashScope), [
      ["Singapore", "dashscope-intl.aliyuncs.com"],
      ["US", "dashscope-us.aliyuncs.com"],
    ]);
    assert.deepEqual(regions("https://dashscope-us.aliyuncs.com/compatible-mode/v1"), [
      ["Beijing", "dashscope.aliyuncs.com"],
      ["Singapore", "dashscope-intl.aliyuncs.com"],
    ]);
    assert.deepEqual(regions(local), []);
  });

  const plans: readonly [value: string, baseUrl: string, plan: string][] = [
    ["sk-sp-1", dashScope, coding],
    ["sk-1", coding, dashScope],
  ];
  for (const [value, baseUrl, plan] of plans) {
    it(`offers ${plan} for ${value} at ${baseUrl}`, () => {
      const [first] = judgeKey(key(value), baseUrl, refused).fixes;
      assert.deepEqual(first, { kind: "set-base-url", baseUrl: plan });
    });
  }

  it("never holds the key", () => {
    assert.doesNotMatch(JSON.stringify(judgeKey(key(" sk-12345 "), local, "")), /sk-12345/);
  });
});

describe("keyProblem", () => {
  for (const good of ["sk-1", "hf_x", "a b", "eyJ.x-y_z"]) {
    it(`finds nothing wrong in "${good}"`, () => assert.equal(keyProblem(good), undefined));
  }
});
