import assert from "node:assert/strict";

import { isUsageSort, sortGroups, type UsageSort } from "../../../../src/core/usage/sortGroups.ts";
import { usageCsv } from "../../../../src/core/usage/usageCsv.ts";
import type { UsageGroup } from "../../../../src/core/usage/usageReport.ts";

function aGroup(name: string, changes: Partial<UsageGroup> = {}): UsageGroup {
  const counts = { requests: 2, errors: 1, stopped: 0, inputTokens: 10, outputTokens: 5 };
  return { name, kind: "name", ...counts, uncounted: 0, unpriced: 0, cost: {}, ...changes };
}

const header =
  "requests,errors,stopped,input_tokens,output_tokens,requests_without_token_counts,requests_without_price,p50_ms,p95_ms,p99_ms";

describe("a table as CSV", () => {
  it("has a row for each group, with plain numbers and a column for each currency", () => {
    const csv = usageCsv("model", [
      aGroup("qwen-plus", { p50Ms: 812.3456, p95Ms: 1000, p99Ms: 2000, cost: { CNY: 0.0005, USD: 3 } }),
      aGroup("", { unpriced: 2 }),
      aGroup("", { kind: "rest" }),
    ]);
    assert.equal(
      csv,
      `\ufeffmodel,${header},cost_CNY,cost_USD\r\n` +
        "qwen-plus,2,1,0,10,5,0,0,812.3,1000,2000,0.0005,3\r\n" +
        ",2,1,0,10,5,0,2,,,,,\r\n" +
        "(rest),2,1,0,10,5,0,0,,,,,\r\n",
    );
  });

  for (const [name, field] of [
    ["=1+2", "'=1+2"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", `"'\r=1"`],
    ['=HYPERLINK("http://a.invalid","x")', `"'=HYPERLINK(""http://a.invalid"",""x"")"`],
    ["a,b", `"a,b"`],
    ['a "b"', `"a ""b"""`],
    ["two\nlines", `"two\nlines"`],
    ["模型", "模型"],
  ] as const) {
    it(`holds no formula and no broken row: ${JSON.stringify(name)}`, () => {
      assert.equal(
        usageCsv("model", [aGroup(name)]),
        `\ufeffmodel,${header}\r\n${field},2,1,0,10,5,0,0,,,\r\n`,
      );
    });
  }
});

describe("the order of a table", () => {
  const groups = [
    aGroup("b", { requests: 3, p95Ms: 10 }),
    aGroup("a", { requests: 9 }),
    aGroup("c", { requests: 1, p95Ms: 30, cost: { USD: 1 } }),
    aGroup("", { kind: "rest", requests: 99, p95Ms: 99 }),
  ];
  const order = (column: UsageSort["column"], direction: UsageSort["direction"]): string =>
    sortGroups(groups, { column, direction })
      .map(({ name, kind }) => (kind === "rest" ? "rest" : name))
      .join(" ");

  it("follows the column, the rest always last", () => {
    assert.equal(order("name", "ascending"), "a b c rest");
    assert.equal(order("name", "descending"), "c b a rest");
    assert.equal(order("requests", "descending"), "a b c rest");
    assert.equal(order("requests", "ascending"), "c b a rest");
  });

  it("puts what has no figure last, whichever the direction", () => {
    assert.equal(order("p95Ms", "ascending"), "b c a rest");
    assert.equal(order("p95Ms", "descending"), "c b a rest");
    assert.equal(order("cost", "descending"), "c b a rest");
  });

  it("is checked when it comes from a page", () => {
    assert.equal(isUsageSort({ column: "cost", direction: "ascending" }), true);
    for (const odd of [undefined, null, 1, {}, { column: "__proto__", direction: "ascending" }]) {
      assert.equal(isUsageSort(odd), false);
    }
  });
});
