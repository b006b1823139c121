import assert from "node:assert/strict";

import { reportUpdate } from "../../../../src/ui/panel/views.ts";
import { aReport, anEndpoint } from "../../../support/builders.ts";

describe("what the panel shows of a report", () => {
  const between = aReport({ verdict: "healthy" });

  it("has no verdict between two rungs, when none is running", () => {
    assert.equal(reportUpdate(between, anEndpoint(), "under-way").verdict, undefined);
  });

  it("has one at the end", () => {
    assert.equal(reportUpdate(between, anEndpoint(), "ended").verdict?.tone, "good");
  });
});
