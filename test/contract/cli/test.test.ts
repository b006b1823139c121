import assert from "node:assert/strict";

import type { Report } from "../../../src/core/diagnosis/report.ts";
import { startDemoServer } from "../../../src/demo/demoServer.ts";
import {
  type FaultServer,
  neverAnswer,
  refusedPort,
  reply,
  startFaultServer,
} from "../../support/faultServer.ts";
import { runCli } from "./runCli.ts";

describe("qwen-endpoints test", () => {
  const secret = "sk-cli-0123456789";

  describe("of the demo endpoint", () => {
    let demo: Awaited<ReturnType<typeof startDemoServer>>;
    before(async () => {
      demo = await startDemoServer({ tokensPerSecond: 0, key: secret });
    });
    after(() => demo.close());

    it("prints the ladder and ends with 0 when nothing blocks", async () => {
      const args = ["test", "--base-url", demo.baseUrl, "--key-env", "THE_KEY"];
      const { code, out, err } = await runCli(args, { env: { THE_KEY: secret } });
      assert.equal(code, 0, out + err);
      assert.match(out, /^✔ Address +\d+ ms\n✔ Host name /);
      assert.match(out, /\n[✔!] Chat +\d+ ms\n/);
      assert.doesNotMatch(out, /\u001b/);
    });

    it("prints the whole report as JSON, which holds no key", async () => {
      const args = ["test", "--base-url", demo.baseUrl, "--key-env", "THE_KEY", "--depth", "basic", "--json"];
      const { code, out } = await runCli(args, { env: { THE_KEY: secret } });
      const report = JSON.parse(out) as Report;
      assert.equal(code, 0, out);
      assert.equal(report.depth, "basic");
      assert.ok(["healthy", "warnings"].includes(report.verdict));
      assert.ok(report.rungs.some(({ exchanges }) => exchanges.length > 0));
      assert.ok(!out.includes(secret));
    });

    it("ends with 1 when the key is refused, and says what the SDKs would have said", async () => {
      const args = ["test", "--base-url", demo.baseUrl, "--header", "Authorization: Bearer ${env:OTHER}"];
      const { code, out } = await runCli(args, { env: { OTHER: "sk-wrong-9876543210" } });
      assert.equal(code, 1, out);
      assert.match(out, /✘ .*\(auth\.\w+\)/);
      assert.match(out, /openai for Python: openai\.AuthenticationError: Error code: 401/);
      assert.doesNotMatch(out, /sk-wrong-9876543210/);
    });
  });

  describe("of a fault server", () => {
    let server: FaultServer;
    beforeEach(async () => {
      server = await startFaultServer();
    });
    afterEach(() => server.close());

    it("removes the key wherever the server quotes it", async () => {
      server.serve(
        reply({ status: 401, body: { error: { message: `Incorrect API key provided: ${secret}` } } }),
      );
      for (const json of [[], ["--json"]]) {
        const args = ["test", "--base-url", server.baseUrl, "--key-env", "THE_KEY", ...json];
        const { code, out, err } = await runCli(args, { env: { THE_KEY: secret } });
        assert.equal(code, 1);
        assert.ok(server.requests.some(({ headers }) => headers["authorization"] === `Bearer ${secret}`));
        assert.ok(!`${out}${err}`.includes(secret));
      }
    });

    it("shows escape sequences from the wire as signs", async () => {
      server.serve(reply({ status: 500, body: { error: { message: "\u001b[2J\u001b]0;gone\u0007" } } }));
      const { out } = await runCli(["test", "--base-url", server.baseUrl]);
      assert.doesNotMatch(out, /[\u001b\u0007]/);
    });

    it("is cancelled by Ctrl+C and ends with 130", async () => {
      server.serve(neverAnswer);
      let sent = false;
      const { code } = await runCli(["test", "--base-url", server.baseUrl], {
        onOutput: (out, interrupt) => {
          if (!sent && /Connection/.test(out)) {
            sent = true;
            interrupt();
          }
        },
      });
      assert.equal(code, 130);
    });
  });

  it("names the refused port, in Chinese where the system speaks it", async () => {
    const args = ["test", "--base-url", `http://127.0.0.1:${await refusedPort()}/v1`, "--model", "Qwen3-8B"];
    const { code, out } = await runCli(args, { env: { LC_ALL: "zh_CN.UTF-8" } });
    assert.equal(code, 1);
    assert.match(out, /\(connect\.refused\)/);
    assert.match(out, /✘ 连接被拒绝/);
    assert.match(out, /openai for JavaScript: APIConnectionError: Connection error\./);
  });

  it("leaves a base URL without a scheme to the ladder, which names the right one", async () => {
    const { code, out } = await runCli(["test", "--base-url", "localhost:8000"]);
    assert.equal(code, 1);
    assert.match(out, /\(address\.scheme-missing\)/);
    assert.match(out, /--base-url http:\/\/localhost:8000\/v1/);
  });

  const url = ["--base-url", "http://127.0.0.1:1/v1"];
  const wrong: readonly { name: string; args: readonly string[]; says: RegExp }[] = [
    { name: "no command", args: [], says: /qwen-endpoints test --base-url/ },
    { name: "no base URL", args: ["test"], says: /--base-url: say where/ },
    { name: "a key as an argument", args: ["test", ...url, "--key", secret], says: /--key-env NAME/ },
    {
      name: "a key behind a sign of equality",
      args: ["test", ...url, `--api-key=${secret}`],
      says: /--key-env NAME/,
    },
    { name: "a key where nothing stands", args: ["test", ...url, secret], says: /qwen-endpoints test/ },
    {
      name: "a key in the URL",
      args: ["test", "--base-url", `http://u:${secret}@127.0.0.1:1/v1`],
      says: /must not hold/,
    },
    {
      name: "a key in the query",
      args: ["test", "--base-url", `http://127.0.0.1:1/v1?api_key=${secret}`],
      says: /must not hold/,
    },
    {
      name: "a literal Authorization",
      args: ["test", ...url, "--header", `Authorization: Bearer ${secret}`],
      says: /--key-env/,
    },
    {
      name: "a literal api-key",
      args: ["test", ...url, "--header", `api-key:${secret}`],
      says: /api-key: a secret/,
    },
    { name: "a header without a colon", args: ["test", ...url, "--header", secret], says: /a colon/ },
    {
      name: "a secret of the editor",
      args: ["test", ...url, "--header", "X-A: ${secret:A}"],
      says: /only \$\{env:NAME\}/,
    },
    {
      name: "a header's variable that is not set",
      args: ["test", ...url, "--header", "X-A: ${env:NOT_SET}"],
      says: /NOT_SET is not set/,
    },
    {
      name: "the key instead of its variable",
      args: ["test", ...url, "--key-env", secret],
      says: /not the key itself/,
    },
    {
      name: "a variable that is not set",
      args: ["test", ...url, "--key-env", "NOT_SET"],
      says: /is not set/,
    },
    {
      name: "a task that is none",
      args: ["test", ...url, "--task", "draw"],
      says: /chat, embedding, rerank/,
    },
    { name: "a depth that is none", args: ["test", ...url, "--depth", "deep"], says: /basic, full/ },
    { name: "an unknown option", args: ["test", ...url, "--verbose"], says: /'--verbose'/ },
  ];
  for (const { name, args, says } of wrong) {
    it(`ends with 2 and says what to do for ${name}, without repeating a key`, async () => {
      const { code, out, err } = await runCli(args);
      assert.equal(code, 2);
      assert.equal(out, "");
      assert.match(err, says);
      assert.ok(!err.includes(secret));
    });
  }
});
