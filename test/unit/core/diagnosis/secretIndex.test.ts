import assert from "node:assert/strict";

import fc from "fast-check";

import { SecretIndex } from "../../../../src/core/diagnosis/secretIndex.ts";

/** Few letters, one of them outside Latin, so that forms overlap, contain and begin one another. */
const text = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom("a", "b", "\u6162", "\ud83d"), minLength, maxLength });

function indexOf(forms: readonly string[]) {
  const index = new SecretIndex();
  forms.forEach((form) => index.add(form));
  return index;
}

describe("SecretIndex", () => {
  it("finds what looking for each form by itself finds (property)", () => {
    fc.assert(
      fc.property(fc.array(text(4, 9)), text(0, 60), (forms, within) => {
        assert.deepEqual([...indexOf(forms).places(within)], placesOneByOne(forms, within));
      }),
      { numRuns: 2000 },
    );
  });

  it("finds the longest end that begins a form (property)", () => {
    fc.assert(
      fc.property(
        fc.array(text(4, 9)),
        text(0, 30),
        fc.constantFrom(1, 3, 4, 8),
        (forms, within, shortest) => {
          assert.equal(indexOf(forms).openEnd(within, shortest), openEndOneByOne(forms, within, shortest));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

function placesOneByOne(forms: readonly string[], within: string) {
  const places = [];
  for (let index = 0; index < within.length;) {
    const length = Math.max(
      0,
      ...forms.filter((form) => within.startsWith(form, index)).map((form) => form.length),
    );
    if (length > 0) places.push({ index, length });
    index += Math.max(1, length);
  }
  return places;
}

function openEndOneByOne(forms: readonly string[], within: string, shortest: number): number {
  for (let index = 0; within.length - index >= shortest; index++) {
    const end = within.slice(index);
    if (end !== "" && forms.some((form) => form.length > end.length && form.startsWith(end))) return index;
  }
  return within.length;
}
