import assert from "node:assert/strict";
import { HeldImages } from "../../../../src/ui/panel/heldImages.ts";

const png = (length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return bytes;
};

describe("images of drafts", () => {
  it("are held under an id, their type told by their bytes", () => {
    const held = new HeldImages();
    const { id, ...image } = held.add("photo.jpg", png(12));
    assert.deepEqual(image, { name: "photo.jpg", mime: "image/png", bytes: 12 });
    assert.deepEqual(held.get(id)?.base64, Buffer.from(png(12)).toString("base64"));
    assert.equal(held.get("another"), undefined);
  });

  it("are refused beyond 20 MB, with size, limit and what to do", () => {
    const add = (): unknown => new HeldImages().add("huge.png", png(30_000_000));
    assert.throws(add, /huge\.png has 30 MB, and 20 MB is the most.*Make it smaller/);
  });

  it("are refused when they are none, whatever their name says", () => {
    const add = (): unknown => new HeldImages().add("run.png", new TextEncoder().encode("#!/bin/sh"));
    assert.throws(add, /run\.png is no image/);
  });

  it("go beyond the limit of all together, the one that was used longest ago first", () => {
    const held = new HeldImages(30);
    const [first, second] = [held.add("1", png(10)), held.add("2", png(10))];
    held.get(first.id);
    const third = held.add("3", png(15));
    assert.deepEqual(
      [first, second, third].map(({ id }) => held.get(id) !== undefined),
      [true, false, true],
    );
  });
});
