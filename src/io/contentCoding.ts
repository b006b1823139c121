/** Undoes the compression of a reply. We ask for none; some gateways compress all the same. */

import type { IncomingMessage } from "node:http";
import { pipeline, type Readable, type Transform } from "node:stream";
import * as zlib from "node:zlib";

/** More codings on top of each other are made to keep us busy. */
const mostCodings = 4;

const decoders: Readonly<Record<string, (firstByte: number) => Transform>> = {
  gzip: () => zlib.createGunzip(),
  "x-gzip": () => zlib.createGunzip(),
  // RFC 9110 means the zlib format, whose first byte is never another; some servers send the bare stream.
  deflate: (firstByte) =>
    (firstByte & 0x0f) === 8 && firstByte <= 0x78 ? zlib.createInflate() : zlib.createInflateRaw(),
  br: () => zlib.createBrotliDecompress(),
  // Node has it since 22.15.
  ...("createZstdDecompress" in zlib ? { zstd: () => zlib.createZstdDecompress() } : {}),
};

/** The body as the server meant it; as it came where a coding is not known. `note` is told what breaks it. */
export async function decoded(message: IncomingMessage, note: (error: unknown) => void): Promise<Readable> {
  const codings = (message.headers["content-encoding"] ?? "")
    .split(",")
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== "" && each !== "identity");
  const isKnown = codings.every((each) => Object.hasOwn(decoders, each));
  if (codings.length === 0 || !isKnown || codings.length > mostCodings) {
    return message;
  }
  const firstByte = await peek(message);
  if (firstByte === undefined) {
    return message;
  }
  // The last that was applied is the first to be undone, and the only one whose first byte is known.
  const transforms = codings
    .toReversed()
    .map((each, index) => decoders[each]?.(index === 0 ? firstByte : 0x78));
  const streams = transforms.filter((each) => each !== undefined);
  pipeline([message, ...streams], (error) => {
    if (error != null) {
      note(error);
    }
  });
  return streams.at(-1) ?? message;
}

/** Undefined where there is no body: an empty one is no broken compression. */
async function peek(message: Readable): Promise<number | undefined> {
  await new Promise<void>((resolve) => {
    for (const event of ["readable", "end", "error", "close"]) {
      message.once(event, () => resolve());
    }
  });
  const chunk = message.read() as Buffer | null;
  if (chunk === null) {
    return undefined;
  }
  message.unshift(chunk);
  return chunk[0];
}
