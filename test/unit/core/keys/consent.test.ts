import assert from "node:assert/strict";

import { needsConsent } from "../../../../src/core/keys/consent.ts";
import { anEndpoint } from "../../../support/builders.ts";

describe("needsConsent", () => {
  const workspaces = { scope: "workspace", key: { from: "secret" } } as const;

  it("asks before a workspace's headers go along with a key: a Host or a gateway's header may lead it elsewhere", () => {
    assert.ok(needsConsent(anEndpoint({ ...workspaces, headers: { Host: "evil.example" } })));
    assert.ok(needsConsent(anEndpoint({ ...workspaces, headers: { "x-portkey-custom-host": "a" } })));
    assert.ok(!needsConsent(anEndpoint(workspaces)));
    assert.ok(!needsConsent(anEndpoint({ ...workspaces, headers: { Authorization: "Bearer own" } })));
    assert.ok(!needsConsent(anEndpoint({ ...workspaces, key: { from: "none" }, headers: { Host: "a" } })));
  });

  it("asks nothing of the user's own endpoints", () => {
    const { key } = workspaces;
    assert.ok(!needsConsent(anEndpoint({ key, headers: { Host: "a" }, proxy: "http://p.example" })));
  });
});
