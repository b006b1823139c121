import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { build } from "esbuild";

import { cliBundle } from "../../../dev/bundles.ts";
import { inProject } from "../../../dev/paths.ts";
import { temporaryFolder } from "../../../dev/temporary.ts";
import { runCli } from "./runCli.ts";

describe("the command line as it is shipped", () => {
  const folder = temporaryFolder("cli").path;
  const script = join(folder, "dist", "cli.cjs");

  before(async () => {
    mkdirSync(join(folder, "dist"), { recursive: true });
    await build({ ...cliBundle("production").options, outfile: script });
    cpSync(inProject("l10n"), join(folder, "l10n"), { recursive: true });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("starts as a program", () => {
    assert.ok(readFileSync(script, "utf8").startsWith("#!/usr/bin/env node\n"));
  });

  it("judges, in one file", async () => {
    const input = JSON.stringify({
      server: "tei",
      case: "c",
      status: 429,
      body: { error: "Model is overloaded" },
    });
    const { code, out } = await runCli(["judge", "-"], { script, input });
    assert.equal(code, 0);
    assert.equal(out, '{"server":"tei","case":"c","codes":["server.overloaded"]}\n');
  });

  it("finds its texts through the link that npm makes", async () => {
    const link = join(folder, "qwen-endpoints");
    symlinkSync(script, link);
    const { code, out } = await runCli(["--help"], { script: link, env: { LC_ALL: "zh_CN.UTF-8" } });
    assert.equal(code, 0);
    assert.match(out, /查明模型端点/);
  });

  it("is named in package.json", () => {
    const { bin } = JSON.parse(readFileSync(inProject("package.json"), "utf8")) as { readonly bin: object };
    assert.deepEqual(bin, { "qwen-endpoints": "dist/cli.cjs" });
  });
});
