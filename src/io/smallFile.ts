/** Files that a setting names: read without trusting that they are what they should be. */

import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { homedir } from "node:os";

/** No certificate, key or list of authorities is larger. */
const mostBytes = 1024 * 1024;

export interface SmallFile {
  readonly bytes: Buffer;
  /** Changes when the file does. */
  readonly stamp: string;
}

/** Reads it anew when it changed since `old`. Rejects for what is no regular file, or too large; a pipe does not hang it. */
export async function readSmallFile(path: string, old: SmallFile | undefined): Promise<SmallFile> {
  // Without O_NONBLOCK (which Windows has not) opening a pipe waits for somebody to write to it.
  const flags = constants.O_RDONLY | ((constants as { O_NONBLOCK?: number }).O_NONBLOCK ?? 0);
  const file = await open(path.replace(/^~(?=[\\/])/, homedir()), flags);
  try {
    const status = await file.stat();
    if (!status.isFile()) {
      throw new Error("is no regular file");
    }
    const stamp = `${status.ino}:${status.mtimeMs}:${status.size}`;
    return old?.stamp === stamp ? old : { bytes: await readWhole(file), stamp };
  } finally {
    await file.close();
  }
}

/** The size that a file system tells may be wrong, as below /proc. */
async function readWhole(file: FileHandle): Promise<Buffer> {
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
      throw new Error(`is larger than ${mostBytes / 1024 / 1024} MB`);
    }
  }
}
