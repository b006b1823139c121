import assert from "node:assert/strict";
import { RequestLog, type DemoLogEntry } from "../../../src/demo/requestLog.ts";

const entry: DemoLogEntry = {
  at: 1,
  method: "GET",
  path: "/",
  status: 200,
  finished: "complete",
  durationMs: 1,
};

describe("the request log", () => {
  it("keeps the newest thousand entries", () => {
    const log = new RequestLog(undefined, () => undefined);
    for (let at = 0; at < 1500; at += 1) log.record({ ...entry, at });
    assert.equal(log.entries.length, 1000);
    assert.equal(log.entries[0]?.at, 500);
    assert.equal(log.entries.at(-1)?.at, 1499);
  });

  it("writes the key nowhere and cuts long texts", () => {
    const seen: DemoLogEntry[] = [];
    const log = new RequestLog("sk-secret", (written) => seen.push(written));
    log.record({ ...entry, path: "/v1/sk-secret/models", model: `sk-secret${"x".repeat(1000)}` });
    assert.ok(!JSON.stringify([seen, log.entries]).includes("sk-secret"));
    assert.equal(log.entries[0]?.model?.length, 200);
  });
});
