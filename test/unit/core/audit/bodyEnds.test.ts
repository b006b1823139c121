import assert from "node:assert/strict";
import fc from "fast-check";
import { BodyEnds, keptBytes } from "../../../../src/core/audit/bodyEnds.ts";

/** Bytes of which every stretch is recognisable. */
function body(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => 33 + (((index * 7919) >>> 3) % 90));
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

describe("BodyEnds", () => {
  it("holds the first and the last bytes of a body, in whatever pieces it came", () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 3 * keptBytes }), { maxLength: 8 });
    fc.assert(
      fc.property(lengths, (pieces) => {
        const whole = body(pieces.reduce((sum, length) => sum + length, 0));
        const ends = new BodyEnds();
        let at = 0;
        for (const length of pieces) ends.add(whole.subarray(at, (at += length)));
        assert.equal(ends.bytes, whole.length);
        assert.equal(ends.head(), textOf(whole.subarray(0, keptBytes)));
        assert.equal(ends.tail(), textOf(whole.subarray(-keptBytes)));
        assert.equal(ends.isWhole(), whole.length <= keptBytes);
      }),
    );
  });

  it("keeps a copy, as the piece's buffer may be used again", () => {
    const ends = new BodyEnds();
    const piece = Buffer.from("first");
    ends.add(piece);
    piece.fill("x");
    assert.equal(ends.head(), "first");
  });
});
