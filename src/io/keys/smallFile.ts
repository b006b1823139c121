/** Reads a small file whole, and nothing that is none: a pipe or a device neither hangs us nor is read. */

import { constants } from "node:fs";
import { open } from "node:fs/promises";

import { KeyFault } from "../../core/keys/keyFailure.ts";

/** Anew every time, as Kubernetes swaps the link to a secret. Rejects with a `KeyFault` for more than the limit, too. */
export async function readSmallFile(path: string, longestBytes: number): Promise<string> {
  // A pipe that nobody writes to would hold up the opening itself, and a terminal would become ours. Windows has no such flags.
  const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants as Partial<typeof constants>;
  const file = await open(path, (O_RDONLY ?? 0) | O_NONBLOCK | O_NOCTTY);
  try {
    if (!(await file.stat()).isFile()) {
      throw new KeyFault("not-a-file");
    }
    // Files below /proc say that they are empty, so the reading decides.
    const buffer = Buffer.alloc(longestBytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = (await file.read(buffer, length, buffer.length - length)).bytesRead;
    }
    if (length > longestBytes) {
      throw new KeyFault("too-large");
    }
    return buffer.toString("utf8", 0, length);
  } finally {
    await file.close();
  }
}
