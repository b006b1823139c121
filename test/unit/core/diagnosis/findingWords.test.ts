import assert from "node:assert/strict";

import { findingWords } from "../../../../src/core/diagnosis/findingWords.ts";
import { reportMarkdown } from "../../../../src/core/diagnosis/reportMarkdown.ts";
import { aFinding, aReport, aRung } from "../../../support/builders.ts";

describe("findingWords", () => {
  const finding = aFinding("request.tools-disabled");
  const report = aReport({
    serverId: "vllm",
    serverVersion: "0.13.0",
    models: { chat: "Qwen/Qwen3-8B" },
    rungs: [aRung("tools", { findings: [finding] })],
    findings: [finding],
  });
  const line = "vllm serve Qwen/Qwen3-8B --enable-auto-tool-choice --tool-call-parser hermes";

  it("hold the remedy that the test gave, and none where no test was made", () => {
    assert.equal(findingWords({ ...finding, remedy: line }).remedy, line);
    assert.equal(findingWords(finding).remedy, undefined);
  });

  it("are made anew for a copied report, which may be in another language", () => {
    assert.ok(reportMarkdown(report).includes(line));
  });
});
