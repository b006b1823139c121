/** The one clock by which pages are told: whatever has gathered goes out together, at most once a frame. */

/** Milliseconds; a page is told of anything at most this often. */
const frameMs = 33;

export class Frames {
  readonly #later: (work: () => void, ms: number) => void;
  readonly #gathering = new Set<() => void>();
  readonly #posting = new Set<() => void>();
  #state: "idle" | "asked" = "idle";

  constructor(later: (work: () => void, ms: number) => void = (work, ms) => void setTimeout(work, ms)) {
    this.#later = later;
  }

  /** Called in the next frame before anything is posted; once, however often it is asked for. */
  gather(work: () => void): void {
    this.#gathering.add(work);
    this.#ask();
  }

  /** Called in the next frame when all has gathered. */
  post(work: () => void): void {
    this.#posting.add(work);
    this.#ask();
  }

  /** The first frame after a rest comes at once, so that all that is told in one go is one message. */
  #ask(): void {
    if (this.#state === "idle") {
      this.#state = "asked";
      this.#later(() => this.#tick(), 0);
    }
  }

  #tick(): void {
    if (this.#gathering.size + this.#posting.size === 0) {
      this.#state = "idle";
      return;
    }
    run(this.#gathering);
    run(this.#posting);
    this.#later(() => this.#tick(), frameMs);
  }
}

function run(asked: Set<() => void>): void {
  for (const work of asked) {
    asked.delete(work);
    work();
  }
}
