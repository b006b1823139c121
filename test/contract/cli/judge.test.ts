import assert from "node:assert/strict";

import { inProject } from "../../../dev/paths.ts";
import { runCli } from "./runCli.ts";

const row = (changes: object): string =>
  JSON.stringify({ server: "vllm", case: "c", request: { method: "GET", path: "/v1/models" }, ...changes });

describe("qwen-endpoints judge", () => {
  it("prints a line for each recorded reply of the facts", async () => {
    const { code, out } = await runCli(["judge", inProject("test/fixtures/wire/responses.jsonl")]);
    const lines = out.trim().split("\n");
    assert.equal(code, 0);
    assert.equal(lines.length, 197);
    assert.equal(lines[0], '{"server":"azure-openai","case":"unknown-deployment","codes":["model.unknown"]}');
  });

  it("reads standard input, and judges the good lines beside the broken ones", async () => {
    const input = [
      row({ status: 401, body: { error: "Unauthorized" } }),
      "{broken",
      "",
      "[1]",
      row({ status: 200, body: { data: [] } }),
    ].join("\r\n");
    const { code, out, err } = await runCli(["judge", "-"], { input });
    assert.equal(code, 2);
    assert.deepEqual(out.trim().split("\n"), [
      '{"server":"vllm","case":"c","codes":["auth.missing"]}',
      '{"server":"vllm","case":"c","codes":["model.none-listed"]}',
    ]);
    assert.match(err, /^stdin:2: .*\nstdin:4: /);
  });

  it("finds nothing in a row without a status", async () => {
    const { code, out } = await runCli(["judge", "-"], { input: row({ note: "nobody answered" }) });
    assert.equal(code, 0);
    assert.match(out, /"codes":\[\]/);
  });

  it("ends with 2 for a file that is not there", async () => {
    const { code, err } = await runCli(["judge", "nowhere.jsonl"]);
    assert.equal(code, 2);
    assert.match(err, /nowhere\.jsonl: can not be read/);
  });
});
