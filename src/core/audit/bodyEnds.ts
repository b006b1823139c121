/** The beginning and the end of a body that streams by: what the audit log reads of it, in memory that does not grow. */

/** Of each end. A stream's usage and its last event fit many times over. */
export const keptBytes = 16 * 1024;

export class BodyEnds {
  readonly #head = new Uint8Array(keptBytes);
  /** What came after the head, written round and round. */
  #ring: Uint8Array | undefined;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** Copies, as a piece may be a view of a much larger buffer. */
  add(piece: Uint8Array): void {
    const room = Math.max(0, keptBytes - this.#bytes);
    if (room > 0) {
      this.#head.set(piece.length > room ? piece.subarray(0, room) : piece, this.#bytes);
    }
    if (piece.length > room) {
      this.#addToRing(room === 0 ? piece : piece.subarray(room), Math.max(0, this.#bytes - keptBytes));
    }
    this.#bytes += piece.length;
  }

  /** Is the whole body in `head`? */
  isWhole(): boolean {
    return this.#bytes <= keptBytes;
  }

  head(): string {
    return decode(this.#head.subarray(0, this.#bytes));
  }

  tail(): string {
    const beyond = this.#bytes - keptBytes;
    if (this.#ring === undefined || beyond <= 0) {
      return this.head();
    }
    const at = beyond % keptBytes;
    return beyond < keptBytes
      ? decode(join(this.#head.subarray(beyond), this.#ring.subarray(0, beyond)))
      : decode(join(this.#ring.subarray(at), this.#ring.subarray(0, at)));
  }

  #addToRing(piece: Uint8Array, before: number): void {
    this.#ring ??= new Uint8Array(keptBytes);
    const last = piece.length > keptBytes ? piece.subarray(piece.length - keptBytes) : piece;
    const at = (before + piece.length - last.length) % keptBytes;
    const fits = Math.min(last.length, keptBytes - at);
    this.#ring.set(fits === last.length ? last : last.subarray(0, fits), at);
    if (fits < last.length) {
      this.#ring.set(last.subarray(fits), 0);
    }
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
