import assert from "node:assert/strict";

import fc from "fast-check";

import { cleanKey, type KeyChange } from "../../../../src/core/keys/cleanKey.ts";

describe("cleanKey", () => {
  const cases: readonly { pasted: string; changes: readonly KeyChange[] }[] = [
    { pasted: "sk-123", changes: [] },
    { pasted: " sk-123\n", changes: ["whitespace"] },
    { pasted: '"sk-123"', changes: ["quotes"] },
    { pasted: "`sk-123`", changes: ["quotes"] },
    { pasted: '" sk-123 "', changes: ["quotes", "whitespace"] },
    { pasted: "Bearer sk-123", changes: ["bearer"] },
    { pasted: "bearer   sk-123", changes: ["bearer"] },
    { pasted: "Authorization: Bearer sk-123", changes: ["bearer"] },
    { pasted: '"Authorization: Bearer sk-123"', changes: ["quotes", "bearer"] },
    { pasted: "DASHSCOPE_API_KEY=sk-123", changes: ["assignment"] },
    { pasted: "export OPENAI_API_KEY='sk-123'", changes: ["assignment", "quotes"] },
  ];
  for (const { pasted, changes } of cases) {
    it(`finds the key in ${JSON.stringify(pasted)}`, () => {
      assert.deepEqual(cleanKey(pasted), { kind: "clean", key: "sk-123", changes });
    });
  }

  for (const key of ["c2stMTIz==", "ABC=", "a=b", "tpsg-key/with+signs"]) {
    it(`leaves ${key} as it is, which may be a key`, () => {
      assert.deepEqual(cleanKey(key), { kind: "clean", key, changes: [] });
    });
  }

  const refused: readonly { pasted: string; code: string }[] = [
    { pasted: "", code: "auth.empty" },
    { pasted: ' "" ', code: "auth.empty" },
    { pasted: "Bearer Bearer sk", code: "auth.double-bearer" },
    { pasted: "sk-密钥", code: "auth.non-ascii" },
    { pasted: "sk-\u200b1", code: "auth.non-ascii" },
    { pasted: "sk-1\nsk-2", code: "auth.non-ascii" },
  ];
  for (const { pasted, code } of refused) {
    it(`refuses ${JSON.stringify(pasted)} as ${code}`, () => {
      assert.deepEqual(cleanKey(pasted), { kind: "refused", code });
    });
  }

  it("never throws, and accepts only what fits into a header (property)", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (pasted) => {
        const cleaned = cleanKey(pasted);
        assert.ok(cleaned.kind === "refused" || /^[\x20-\x7e]+$/.test(cleaned.key));
      }),
    );
  });
});
