import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import * as l10n from "@vscode/l10n";

import { climb, type Texts } from "../../../../src/core/diagnosis/climb.ts";
import { aFinding, aReport } from "../../../support/builders.ts";

const file = new URL("../../../../l10n/bundle.l10n.zh-cn.json", import.meta.url);
const chinese = JSON.parse(readFileSync(file, "utf8")) as Texts;

describe("a report in a language of choice", () => {
  const { reportMarkdownIn } = climb({});
  const report = aReport({ verdict: "failed", findings: [aFinding("connect.refused")] });

  it("has the language asked for, and everything after it in the usual one", () => {
    assert.match(reportMarkdownIn(chinese, report), /- 测试深度: `完整`/);
    assert.equal(l10n.t("Depth"), "Depth");
    assert.match(reportMarkdownIn({}, report), /- Depth: `full`/);
  });

  it("comes back to the usual language even when a report cannot be worded", () => {
    const broken = { ...report, rungs: undefined as never };
    assert.throws(() => reportMarkdownIn(chinese, broken));
    assert.equal(l10n.t("Depth"), "Depth");
  });
});
