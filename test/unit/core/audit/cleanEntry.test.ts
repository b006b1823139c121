import assert from "node:assert/strict";
import { cleanEntry } from "../../../../src/core/audit/cleanEntry.ts";
import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import { anAuditEntry } from "../../../support/auditEntries.ts";

describe("cleanEntry", () => {
  it("removes a known secret from everything that a user, a server or a network may have filled", () => {
    const secret = "sk-0123456789abcdef";
    const redactor = createRedactor();
    redactor.know(secret);
    const entry = anAuditEntry({
      endpoint: secret,
      origin: `http://${secret}.invalid`,
      path: `/v1/${encodeURIComponent(secret)}/models`,
      model: secret,
      failure: secret,
      key: `command ${secret}`,
      prompt: `"${secret}"`,
      reply: secret,
    });
    assert.doesNotMatch(JSON.stringify(cleanEntry(entry, redactor)), /0123/);
  });

  it("leaves our own words, even where somebody's key is such a word", () => {
    const redactor = createRedactor();
    for (const word of ["chat", "command", "local", "models"]) redactor.know(word);
    const entry = anAuditEntry({ path: "/v2/other", endpoint: "mine", origin: "http://127.0.0.1:8000" });
    assert.deepEqual(cleanEntry(entry, redactor), entry);
  });
});
