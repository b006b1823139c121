import assert from "node:assert/strict";

import { readCommandLine, shellSigns } from "../../../../src/core/keys/commandLine.ts";

describe("readCommandLine", () => {
  const lines: readonly (readonly [string, readonly string[] | undefined])[] = [
    ["op read op://vault/item", ["op", "read", "op://vault/item"]],
    [
      '  vault  kv get -field="api key" secret/qwen ',
      ["vault", "kv", "get", "-field=api key", "secret/qwen"],
    ],
    [String.raw`'C:\Program Files\x.exe' a\b`, [String.raw`C:\Program Files\x.exe`, String.raw`a\b`]],
    ['echo ""', ["echo", ""]],
    ['["printf", "a b"]', ["printf", "a b"]],
    ["", []],
    ['echo "open', undefined],
    ["[1]", undefined],
    ["[", undefined],
  ];
  for (const [line, words] of lines) {
    it(`reads ${JSON.stringify(line)}`, () => assert.deepEqual(readCommandLine(line), words));
  }
});

describe("shellSigns", () => {
  const lines: readonly (readonly [string, string | undefined])[] = [
    ["pass show qwen | head -1", "|"],
    ["a && b", "&&"],
    ["echo $KEY", "$KEY"],
    ["echo $(cat x)", "$("],
    ["echo '$KEY | x'", undefined],
    ["op read op://vault/item", undefined],
    ['["a", "|"]', undefined],
  ];
  for (const [line, sign] of lines) {
    it(`of ${line}`, () => assert.equal(shellSigns(line), sign));
  }
});
