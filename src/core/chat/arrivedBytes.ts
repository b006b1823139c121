/** Bytes with the times they came. Noting them costs a copy; nothing is decoded before somebody looks. */

const lineFeed = 10;
const carriageReturn = 13;

export interface Arrived {
  readonly bytes: Uint8Array;
  readonly atMs: number;
}

export class ArrivedBytes {
  #bytes = new Uint8Array(0);
  #length = 0;
  /** A read each, but for those that end no line: they are one with the read after them, as no event can end in them. */
  readonly #ends: number[] = [];
  readonly #times: number[] = [];
  #last: "ends-lines" | "ends-none" = "ends-lines";
  #taken = { reads: 0, bytes: 0 };

  /** Copies, as a piece may be a view of a much larger buffer. */
  add(piece: Uint8Array, atMs: number): void {
    this.#append(piece);
    const isJoined = this.#last === "ends-none";
    const place = isJoined ? this.#ends.length - 1 : this.#ends.length;
    this.#ends[place] = this.#length;
    this.#times[place] = atMs;
    const endsLines = piece.includes(lineFeed) || piece.includes(carriageReturn);
    this.#last = endsLines ? "ends-lines" : "ends-none";
  }

  /** What has come since the last call. */
  *take(): Generator<Arrived> {
    const { reads, bytes } = this.#taken;
    let start = bytes;
    for (let index = reads; index < this.#ends.length; index++) {
      const end = this.#ends[index] ?? start;
      if (end > start) {
        yield { bytes: this.#bytes.subarray(start, end), atMs: this.#times[index] ?? 0 };
      }
      start = end;
    }
    // The last may still grow.
    this.#taken = { reads: Math.max(0, this.#ends.length - 1), bytes: start };
  }

  #append(piece: Uint8Array): void {
    const end = this.#length + piece.length;
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, 2 * this.#bytes.length, 4096));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = end;
  }
}
