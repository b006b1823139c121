import assert from "node:assert/strict";
import { columnNames } from "../../../src/webview/run/wire/columnNames.ts";
import { runOf } from "../../page/support/runs.ts";

describe("the short names of what is compared", () => {
  const rows: readonly { readonly of: readonly (readonly [string, string])[]; readonly are: string }[] = [
    {
      of: [
        ["GPU", "a"],
        ["GPU", "b"],
      ],
      are: "a | b",
    },
    {
      of: [
        ["GPU", "a"],
        ["Cloud", "a"],
      ],
      are: "GPU | Cloud",
    },
    {
      of: [
        ["GPU", "a"],
        ["Cloud", ""],
      ],
      are: "GPU | Cloud",
    },
    {
      of: [
        ["GPU", "a"],
        ["GPU", "b"],
        ["Cloud", "a"],
      ],
      are: "GPU · a | GPU · b | Cloud · a",
    },
    {
      of: [
        ["GPU", "a"],
        ["GPU", ""],
      ],
      are: "GPU · a | GPU",
    },
    {
      of: [
        ["GPU", "a"],
        ["GPU", "a"],
      ],
      are: "1. GPU · a | 2. GPU · a",
    },
  ];
  for (const { of, are } of rows) {
    it(`are ${are}`, () => {
      const heads = of.map(([endpointName, model]) => runOf({ endpointName, model }).head);
      assert.equal(columnNames(heads).join(" | "), are);
    });
  }
});
