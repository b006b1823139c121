/** Files that a setting names: read whole, without trusting that they are what they should be. */

import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { homedir } from "node:os";

export interface SmallFile {
  readonly bytes: Buffer;
  /** Changes when the file does. */
  readonly stamp: string;
}

/**
 * Reads nothing when it is still what `old` was. Rejects with the system's code, or with `not-a-file` for what is no
 * regular file and `too-large` beyond `mostBytes`: a pipe or a device neither hangs us nor is read.
 */
export async function readSmallFile(path: string, mostBytes: number, old?: SmallFile): Promise<SmallFile> {
  // A pipe that nobody writes to would hold up the opening itself, and a terminal would become ours. Windows has no such flags.
  const { O_RDONLY = 0, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants as Partial<typeof constants>;
  const file = await open(path.replace(/^~(?=[\\/])/, homedir()), O_RDONLY | O_NONBLOCK | O_NOCTTY);
  try {
    const status = await file.stat();
    if (!status.isFile()) {
      throw refusal("not-a-file");
    }
    const stamp = `${status.ino}:${status.mtimeMs}:${status.size}`;
    return old?.stamp === stamp ? old : { bytes: await readWhole(file, mostBytes), stamp };
  } finally {
    await file.close();
  }
}

/** The size that a file system tells may be wrong, as below /proc, so the reading decides. */
async function readWhole(file: FileHandle, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536));
    if (bytesRead === 0) {
      return Buffer.concat(chunks);
    }
    chunks.push(buffer.subarray(0, bytesRead));
    total += bytesRead;
    if (total > mostBytes) {
      throw refusal("too-large");
    }
  }
}

function refusal(code: "not-a-file" | "too-large"): Error {
  return Object.assign(new Error(code), { code });
}
