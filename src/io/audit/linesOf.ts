/** Reads a file line by line in bounded memory, however long its lines are. */

import { open } from "node:fs/promises";

const readBytes = 512 * 1024;
/** The longest line that we write is shorter: a prompt and a reply of 64 K characters, all of them escaped. */
const longestLine = 1024 * 1024;
const lineFeed = 10;

export interface LineBlock {
  /** Undefined stands for a line that was too long to be one of ours. */
  readonly lines: readonly (string | undefined)[];
  readonly bytes: number;
}

/** Blocks of whole lines. Between two of them everything else in the process has its turn. */
export async function* linesOf(path: string, signal: AbortSignal): AsyncGenerator<LineBlock> {
  const handle = await open(path, "r");
  try {
    const buffer = Buffer.alloc(readBytes);
    const splitter = lineSplitter();
    while (!signal.aborted) {
      const { bytesRead } = await handle.read(buffer, 0, readBytes, null);
      if (bytesRead === 0) {
        yield { lines: splitter.end(), bytes: 0 };
        return;
      }
      yield { lines: splitter.push(buffer.subarray(0, bytesRead)), bytes: bytesRead };
    }
  } finally {
    await handle.close();
  }
}

function lineSplitter(): {
  readonly push: (bytes: Buffer) => readonly (string | undefined)[];
  readonly end: () => readonly (string | undefined)[];
} {
  /** The beginning of a line whose end has not come. */
  let begun: Buffer[] = [];
  let begunBytes = 0;
  const take = (): string | undefined => {
    const line = begunBytes > longestLine ? undefined : Buffer.concat(begun).toString();
    begun = [];
    begunBytes = 0;
    return line;
  };
  const keep = (rest: Buffer): void => {
    begunBytes += rest.length;
    if (begunBytes > longestLine) {
      begun = [];
      return;
    }
    // A copy: the buffer is read into again.
    begun.push(Buffer.from(rest));
  };
  return {
    push(bytes) {
      const first = bytes.indexOf(lineFeed);
      if (first < 0) {
        keep(bytes);
        return [];
      }
      keep(bytes.subarray(0, first));
      const last = bytes.lastIndexOf(lineFeed);
      const whole = last === first ? [] : bytes.toString("utf8", first + 1, last).split("\n");
      const lines = [take(), ...whole];
      keep(bytes.subarray(last + 1));
      return lines;
    },
    end: () => (begunBytes === 0 ? [] : [take()]),
  };
}
