import assert from "node:assert/strict";
import type { AuditEntry } from "../../../../src/core/audit/auditEntry.ts";
import { csvHead, csvLine } from "../../../../src/io/audit/entryCsv.ts";
import { anAuditEntry } from "../../../support/auditEntries.ts";

const everyField: Required<AuditEntry> = {
  ...anAuditEntry(),
  endpoint: "local",
  model: "qwen-test",
  status: 200,
  failure: "ABORTED",
  finding: "stream.cut",
  firstByteMs: 3,
  inputTokens: 1,
  outputTokens: 2,
  key: "env MY_KEY …cdef",
  prompt: "hello",
  reply: "hi",
};

describe("an entry as CSV", () => {
  it("has a column for every field but the version", () => {
    const columns = csvHead.trim().replace("\ufeff", "").split(",");
    assert.deepEqual(
      columns.toSorted(),
      Object.keys(everyField)
        .filter((name) => name !== "v")
        .toSorted(),
    );
    assert.equal(csvLine(everyField).split(",").length, columns.length);
  });

  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]) {
    it(`is no formula: ${JSON.stringify(text)}`, () => {
      assert.match(csvLine(anAuditEntry({ model: text })), /,"?'[=+\-@\t\r]/);
    });
  }

  it("quotes commas, quotes and line breaks", () => {
    assert.ok(csvLine(anAuditEntry({ model: 'a,"b"\nc' })).includes(',"a,""b""\nc",'));
  });
});
