/** Pixels from the end within which a reader counts as being there. */
const nearEnd = 32;

export interface EndFollower {
  /** `running`: what is added moves the page along, while the reader is at the end. */
  setRun(state: "running" | "ended"): void;
  /** Goes to the end and stays there. */
  jump(): void;
  readonly close: () => void;
}

/** Keeps the end of a growing page in view as long as the reader is there, and never takes anybody away from what they read. */
export function followEnd(content: Element, onPlace: (place: "at-end" | "away") => void): EndFollower {
  const page = document.documentElement;
  let state: "running" | "last-lines" | "ended" = "ended";
  let place: "at-end" | "away" = "at-end";
  const toEnd = (): void => page.scrollTo({ top: page.scrollHeight, behavior: "instant" });
  const scrolled = (): void => {
    place = page.scrollHeight - page.scrollTop - page.clientHeight <= nearEnd ? "at-end" : "away";
    onPlace(place);
  };
  // The last figures come with the end; after that, unfolding something must not move the page.
  const touched = (): void => {
    state = state === "last-lines" ? "ended" : state;
  };
  const observer = new ResizeObserver(() => {
    if (state !== "ended" && place === "at-end") {
      toEnd();
    }
  });
  observer.observe(content);
  const inputs = ["pointerdown", "keydown", "wheel"] as const;
  window.addEventListener("scroll", scrolled, { passive: true });
  inputs.forEach((input) => window.addEventListener(input, touched, { passive: true }));
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
      window.removeEventListener("scroll", scrolled);
      inputs.forEach((input) => window.removeEventListener(input, touched));
    },
  };
}
