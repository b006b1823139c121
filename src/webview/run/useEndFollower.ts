import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type EndFollower, followEnd } from "./followEnd.ts";

interface Following {
  readonly place: "at-end" | "away";
  readonly jump: () => void;
}

/** Ties an `EndFollower` to an element and to the course of a run; `box` is what scrolls where that is not the page. */
export function useEndFollower(
  content: RefObject<HTMLElement | null>,
  run: "running" | "ended",
  box?: RefObject<HTMLElement | null>,
): Following {
  const follower = useRef<EndFollower>(null);
  const [place, setPlace] = useState<"at-end" | "away">("at-end");
  useEffect(() => {
    if (content.current === null) {
      return undefined;
    }
    follower.current = followEnd(content.current, setPlace, box?.current ?? undefined);
    return follower.current.close;
  }, []);
  useEffect(() => follower.current?.setRun(run), [run]);
  return { place, jump: () => follower.current?.jump() };
}
