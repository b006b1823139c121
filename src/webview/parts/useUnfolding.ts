import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

interface Unfolding {
  readonly isUnfolded: boolean;
  readonly toggle: () => void;
  /** Folds and gives the focus back to the button. */
  readonly fold: () => void;
}

/** A button whose list folds again with Escape, and when the focus or a click goes elsewhere. */
export function useUnfolding(root: RefObject<HTMLElement | null>): Unfolding {
  const [state, setState] = useState<"folded" | "unfolded">("folded");
  const fold = (): void => {
    setState("folded");
    root.current?.querySelector("button")?.focus();
  };
  useEffect(() => {
    if (state === "folded") {
      return undefined;
    }
    const left = (event: Event): void => {
      if (!(event.target instanceof Node && root.current?.contains(event.target) === true)) {
        setState("folded");
      }
    };
    const escaped = (event: KeyboardEvent): void => {
      if (event.key === "Escape") {
        fold();
      }
    };
    document.addEventListener("pointerdown", left);
    document.addEventListener("focusin", left);
    document.addEventListener("keydown", escaped);
    return () => {
      document.removeEventListener("pointerdown", left);
      document.removeEventListener("focusin", left);
      document.removeEventListener("keydown", escaped);
    };
  }, [state]);
  const toggle = (): void => setState(state === "folded" ? "unfolded" : "folded");
  return { isUnfolded: state === "unfolded", toggle, fold };
}
