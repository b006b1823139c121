import assert from "node:assert/strict";
import { checkImage, largestImage } from "../../../../src/core/chat/imageLimits.ts";

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

describe("what counts as an image", () => {
  const kinds: readonly (readonly [string, string | undefined])[] = [
    ["\x89PNG\r\n\x1a\n....", "image/png"],
    ["\xff\xd8\xff\xe0....", "image/jpeg"],
    ["GIF87a....", "image/gif"],
    ["GIF89a....", "image/gif"],
    ["RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"],
    ["RIFF\x10\x00\x00\x00WAVEfmt ", undefined],
    ["XXXX\x10\x00\x00\x00WEBPVP8 ", undefined],
    ["\x89PNG", undefined],
    ["<svg xmlns='http://www.w3.org/2000/svg'/>", undefined],
    ["", undefined],
  ];
  for (const [text, mime] of kinds) {
    it(`${JSON.stringify(text)} is ${mime ?? "none"}`, () => {
      const checked = checkImage("a.png", bytesOf(text));
      assert.equal(checked.kind === "image" ? checked.mime : undefined, mime);
    });
  }

  it("has 20 MB at most, and one of 30 MB is refused with both sizes", () => {
    const png = (length: number): Uint8Array => {
      const bytes = new Uint8Array(length);
      bytes.set(bytesOf("\x89PNG\r\n\x1a\n"));
      return bytes;
    };
    assert.equal(checkImage("a.png", png(largestImage)).kind, "image");
    assert.equal(checkImage("a.png", png(largestImage + 1)).kind, "refused");
    const checked = checkImage("big\u202E.png", png(30_000_000));
    assert.match(
      checked.kind === "refused" ? checked.reason : "",
      /^big\[U\+202E\]\.png has 30.* MB, and 20.* MB is the most/,
    );
  });
});
