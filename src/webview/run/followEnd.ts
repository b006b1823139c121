/** Pixels from the end within which a reader counts as being there. */
const nearEnd = 32;

/** On the first figures below an answer: when a run has ended, the page follows to them and not to what comes after them. */
export const closingFigures = "data-closing-figures";
/** Of the height in view, what the answer keeps when its figures come in below it. */
const keptOfView = 0.6;

/** What a reader does to the page before it may change under their hands. */
const inputs = ["pointerdown", "keydown", "wheel"] as const;

export interface EndFollower {
  /** `running`: what is added moves the page along, while the reader is at the end. */
  setRun(state: "running" | "ended"): void;
  /** Goes to the end and stays there. */
  jump(): void;
  readonly close: () => void;
}

/** Keeps the end of a growing page, or of a box on it, in view as long as the reader is there, and never takes anybody away from what they read. */
export function followEnd(
  content: Element,
  onPlace: (place: "at-end" | "away") => void,
  box?: Element,
): EndFollower {
  const follower = new Follower(content, box ?? document.documentElement, onPlace);
  const observer = new ResizeObserver(() => follower.grown());
  observer.observe(content);
  const deafen = listen(box ?? window, follower);
  return {
    setRun: (run) => follower.setRun(run),
    jump: () => follower.jump(),
    close: () => {
      observer.disconnect();
      deafen();
    },
  };
}

class Follower {
  readonly #content: Element;
  readonly #page: Element;
  readonly #onPlace: (place: "at-end" | "away") => void;
  #state: "running" | "last-lines" | "ended" = "ended";
  #place: "at-end" | "away" = "at-end";
  #top: number;

  constructor(content: Element, page: Element, onPlace: (place: "at-end" | "away") => void) {
    this.#content = content;
    this.#page = page;
    this.#onPlace = onPlace;
    this.#top = page.scrollTop;
  }

  setRun(run: "running" | "ended"): void {
    const wasRunning = this.#state === "running" ? "last-lines" : this.#state;
    this.#state = run === "running" ? "running" : wasRunning;
    this.#mark();
  }

  grown(): void {
    if (this.#isFollowing()) {
      this.#toEnd();
    }
  }

  jump(): void {
    this.#place = "at-end";
    this.#mark();
    this.#toEnd();
  }

  scrolled(): void {
    const isAtEnd = isNearEnd(this.#page);
    // Only a reader goes up. The event of our own move may come after the page has grown again, and tells nothing of them.
    if (isAtEnd || this.#page.scrollTop < this.#top) {
      this.#place = isAtEnd ? "at-end" : "away";
      this.#onPlace(this.#place);
      this.#mark();
    }
    this.#top = this.#page.scrollTop;
  }

  /** The last figures come with the end; after that, unfolding something must not move the page. */
  touched(): void {
    this.#state = this.#state === "last-lines" ? "ended" : this.#state;
    this.#mark();
  }

  #isFollowing(): boolean {
    return this.#state !== "ended" && this.#place === "at-end";
  }

  /** While the page moves along, the browser need not look in every frame for something in view to hold on to (answer.css). */
  #mark(): void {
    this.#content.toggleAttribute("data-followed", this.#isFollowing());
  }

  #toEnd(): void {
    const top = Math.max(this.#page.scrollTop, endOf(this.#content, this.#page));
    this.#page.scrollTo({ top, behavior: "instant" });
  }
}

/** While there are no figures, the end. How far down the page is scrolled when the figures are in view and most of the view is still the answer's. */
function endOf(content: Element, page: Element): number {
  const figures = content.querySelector(`[${closingFigures}]`);
  if (figures === null) {
    return page.scrollHeight;
  }
  const { top, bottom } = figures.getBoundingClientRect();
  return page.scrollTop + Math.min(bottom - page.clientHeight, top - page.clientHeight * keptOfView);
}

function listen(scrolling: EventTarget, follower: Follower): () => void {
  const listening = new AbortController();
  const listener = { passive: true, signal: listening.signal };
  scrolling.addEventListener("scroll", () => follower.scrolled(), listener);
  inputs.forEach((input) => window.addEventListener(input, () => follower.touched(), listener));
  return () => listening.abort();
}

function isNearEnd({ scrollHeight, scrollTop, clientHeight }: Element): boolean {
  return scrollHeight - scrollTop - clientHeight <= nearEnd;
}
