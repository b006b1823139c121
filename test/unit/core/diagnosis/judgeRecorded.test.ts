import assert from "node:assert/strict";

import fc from "fast-check";

import { judgeRecorded } from "../../../../src/core/diagnosis/judgeRecorded.ts";
import { decidedBy, expectedCodes, hiddenFrom } from "../../../fixtures/wire/expectedCodes.ts";
import { variants } from "../../../fixtures/wire/variants.ts";
import { recordedRows } from "../../../support/recordedReplies.ts";

describe("judgeRecorded on the recorded replies", () => {
  const right: string[] = [];

  for (const { name, row } of recordedRows) {
    const expected = [expectedCodes[name] ?? []].flat();
    it(`finds ${expected.join(" or ") || "nothing wrong"} in ${name}`, async () => {
      assert.deepEqual(await judgeRecorded(row), expected);
      right.push(name);
    });
  }

  after(() => {
    const candidates = right.filter((name) => name in decidedBy).length;
    const share = ((right.length / recordedRows.length) * 100).toFixed(1);
    console.log(
      `      ${right.length} of ${recordedRows.length} recorded replies judged right (${share} %), ` +
        `${candidates} of them with two candidates that a second request tells apart`,
    );
  });

  it("names the second request wherever one reply leaves several candidates, and nowhere else", () => {
    const several = Object.entries(expectedCodes).filter(([, codes]) => Array.isArray(codes));
    assert.deepEqual(several.map(([name]) => name).sort(), Object.keys(decidedBy).sort());
  });

  it("names no case that is not recorded", () => {
    const names = new Set(recordedRows.map(({ name }) => name));
    const all = [expectedCodes, decidedBy, hiddenFrom].flatMap((table) => Object.keys(table));
    assert.deepEqual(
      all.filter((name) => !names.has(name)),
      [],
    );
  });
});

describe("judgeRecorded on replies in other words", () => {
  for (const [name, row, expected] of variants) {
    it(`finds ${[expected].flat().join(" or ") || "nothing wrong"} in ${name}`, async () => {
      assert.deepEqual(await judgeRecorded(row), [expected].flat());
    });
  }

  it("reads the key from the row, and nothing of its case's name", async () => {
    const renamed = variants.map(([, row]) => ({ ...row, case: "case" }));
    const found = await Promise.all(renamed.map(judgeRecorded));
    assert.deepEqual(
      found,
      variants.map(([, , expected]) => [expected].flat()),
    );
  });
});

describe("judgeRecorded", () => {
  for (const value of [undefined, null, 1, "text", []]) {
    it(`is not given by ${JSON.stringify(value)}`, async () => {
      assert.equal(await judgeRecorded(value), undefined);
    });
  }

  it("gives codes for any reply, never an exception (property)", async () => {
    const row = fc.record({
      server: fc.string(),
      request: fc.record(
        { method: fc.string(), path: fc.string(), body: fc.jsonValue() },
        { requiredKeys: [] },
      ),
      status: fc.integer({ min: 0, max: 999 }),
      headers: fc.dictionary(fc.string(), fc.string()),
      body: fc.oneof(fc.jsonValue(), fc.string()),
    });
    await fc.assert(
      fc.asyncProperty(row, async (each) => {
        assert.ok(Array.isArray(await judgeRecorded(each)));
      }),
    );
  });
});
