import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { DraftKeeper } from "./draftKeeper.ts";
import type { Form } from "./form.ts";

/** Milliseconds without a key after which what was typed is kept: never at the key itself, whatever its length. */
const pauseMs = 300;

interface DraftSlot {
  readonly state: "kept" | "too-long";
  readonly noteInput: () => void;
  readonly note: (form: Form) => void;
  /** Sent: nothing is to be kept any more. */
  readonly forget: () => void;
}

/** Keeps what is typed, also when the composer goes away. */
export function useDraftSlot(drafts: DraftKeeper, slot: string, current: () => Form): DraftSlot {
  const [state, setState] = useState<"kept" | "too-long">("kept");
  const timer = useRef<number | undefined>(undefined);
  const leave = useRef<(() => void) | undefined>(undefined);
  const latest = useRef(current);
  latest.current = current;
  const save = (form: Form): void => {
    window.clearTimeout(timer.current);
    setState(drafts.set(slot, form));
  };
  // A page that is drawn anew asks for the draft before this one is gone.
  const follow = (): void => {
    leave.current ??= drafts.follow(slot, () => latest.current());
  };
  // While its fields are still there.
  const go = (): void => {
    window.clearTimeout(timer.current);
    if (leave.current !== undefined) {
      drafts.set(slot, latest.current());
      leave.current();
    }
  };
  useLayoutEffect(() => go, []);
  return {
    state,
    noteInput: () => {
      follow();
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => save(latest.current()), pauseMs);
    },
    note: (form) => {
      follow();
      save(form);
    },
    forget: () => {
      leave.current = undefined;
      window.clearTimeout(timer.current);
      drafts.remove(slot);
    },
  };
}
