import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { AnswerSpeaker } from "../spoken/answerSpeaker.ts";
import type { RunView } from "./state.ts";

interface SpokenAnswerProps {
  readonly run: RunView;
  /** Where the reader is. Who went up reads for themselves. */
  readonly place: "at-end" | "away";
}

/** The answer for a screen reader, in sentences. To be keyed by `relabelled`; what is shown is no live region. */
export function SpokenAnswer({ run: { snapshot, relabelled }, place }: SpokenAnswerProps): JSX.Element {
  const region = useRef<HTMLParagraphElement>(null);
  const speaker = useRef<AnswerSpeaker>(null);
  const reader = useRef(place);
  reader.current = place;
  useLayoutEffect(() => {
    if (speaker.current === null && snapshot.end !== undefined) {
      return;
    }
    speaker.current ??= new AnswerSpeaker(relabelled === 0 ? snapshot.answer : "", {
      say: (text) => say(region.current, text),
      isHeard: () =>
        reader.current === "at-end" &&
        document.visibilityState === "visible" &&
        document.activeElement?.closest(".answer") == null,
      later: (work, ms) => void setTimeout(work, ms),
    });
    speaker.current.hear(snapshot.answer);
    if (snapshot.end !== undefined) {
      speaker.current.end();
    }
  }, [snapshot.answer, snapshot.end]);
  return <p class="sr-only" aria-live="polite" aria-atomic="true" ref={region} />;
}

/** Milliseconds. What was said goes away again: who comes by reading would hear it a second time. */
const lastsMs = 1_000;

function say(region: HTMLElement | null, text: string): void {
  if (region === null) {
    return;
  }
  region.textContent = text;
  setTimeout(() => {
    if (region.textContent === text) {
      region.textContent = "";
    }
  }, lastsMs);
}
