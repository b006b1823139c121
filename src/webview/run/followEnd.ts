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
  const page = box ?? document.documentElement;
  let state: "running" | "last-lines" | "ended" = "ended";
  let place: "at-end" | "away" = "at-end";
  const toEnd = (): void =>
    page.scrollTo({ top: Math.max(page.scrollTop, endOf(content, page)), behavior: "instant" });
  let top = page.scrollTop;
  const scrolled = (): void => {
    const isAtEnd = isNearEnd(page);
    // Only a reader goes up. The event of our own move may come after the page has grown again, and tells nothing of them.
    if (isAtEnd || page.scrollTop < top) {
      place = isAtEnd ? "at-end" : "away";
      onPlace(place);
    }
    top = page.scrollTop;
  };
  // The last figures come with the end; after that, unfolding something must not move the page.
  const touched = (): void => {
    state = state === "last-lines" ? "ended" : state;
  };
  const observer = new ResizeObserver(() => (state !== "ended" && place === "at-end" ? toEnd() : undefined));
  observer.observe(content);
  const deafen = listen(box ?? window, scrolled, touched);
  return {
    setRun: (run) => {
      const wasRunning = state === "running" ? "last-lines" : state;
      state = run === "running" ? "running" : wasRunning;
    },
    jump: () => {
      place = "at-end";
      toEnd();
    },
    close: () => {
      observer.disconnect();
      deafen();
    },
  };
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

function listen(scrolling: EventTarget, scrolled: () => void, touched: () => void): () => void {
  const listening = new AbortController();
  const listener = { passive: true, signal: listening.signal };
  scrolling.addEventListener("scroll", scrolled, listener);
  inputs.forEach((input) => window.addEventListener(input, touched, listener));
  return () => listening.abort();
}

function isNearEnd({ scrollHeight, scrollTop, clientHeight }: Element): boolean {
  return scrollHeight - scrollTop - clientHeight <= nearEnd;
}
