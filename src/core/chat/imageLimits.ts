/** Which images can go along with a message. Types are told by the bytes: a name can say anything. */

import * as l10n from "@vscode/l10n";

import { formatBytes } from "../formatBytes.ts";
import { visibleId } from "../visible.ts";

/** Bytes of one image. As base64 it is a third more, and few servers take a body beyond 30 MB. */
export const largestImage = 20_000_000;

export function imageTooLarge(name: string, bytes: number): string {
  return l10n.t(
    "{0} has {1}, and {2} is the most an image can have. Make it smaller, or save it as JPEG or WebP.",
    visibleId(name),
    formatBytes(bytes),
    formatBytes(largestImage),
  );
}

export type CheckedImage =
  { readonly kind: "image"; readonly mime: string } | { readonly kind: "refused"; readonly reason: string };

export function checkImage(name: string, bytes: Uint8Array): CheckedImage {
  if (bytes.length > largestImage) {
    return { kind: "refused", reason: imageTooLarge(name, bytes.length) };
  }
  const mime = imageTypeOf(bytes);
  return mime === undefined
    ? {
        kind: "refused",
        reason: l10n.t(
          "{0} is no image that a model can be sent. Save it as PNG, JPEG, WebP or GIF.",
          visibleId(name),
        ),
      }
    : { kind: "image", mime };
}

const signatures = [
  ["image/png", "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/gif", "GIF87a"],
  ["image/gif", "GIF89a"],
] as const;

function imageTypeOf(bytes: Uint8Array): string | undefined {
  const stands = (text: string, at: number): boolean =>
    Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)).every(
      (code, index) => bytes[at + index] === code,
    );
  // Between the two stands the length.
  return stands("RIFF", 0) && stands("WEBP", 8)
    ? "image/webp"
    : signatures.find(([, text]) => stands(text, 0))?.[0];
}
