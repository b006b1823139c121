import type { JSX } from "preact";
import type { RunRow } from "../../../shared/runPanel.ts";

type RunIconName = RunRow["kind"] | "pin" | "pinned" | "new" | "remove" | "list";

/** Icons of the list alone, drawn on 16 × 16. */
export function RunIcon({ name }: { readonly name: RunIconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path class="line" d={shapes[name]} />
    </svg>
  );
}

const shapes: Readonly<Record<RunIconName, string>> = {
  chat: "M2.5 3.5h11v7.5h-6l-3 2.8V11h-2z",
  compare: "M2 3h5v10H2zM9 3h5v10H9z",
  embedding: "M2.5 13.5v-4M6.2 13.5v-9M9.8 13.5v-6M13.5 13.5v-11",
  test: "M1.5 8.5h3l2-5 3 9 2-4h3",
  tests: "M2 4l1.3 1.3L5.6 3M2 11l1.3 1.3 2.3-2.3M8.5 4.5h5.5M8.5 11.5h5.5",
  pin: "M5.5 2h5M6.3 2v4.2L4 9.5h8L9.7 6.2V2M8 9.5V14",
  pinned: "M5.5 2h5M6.3 2v4.2L4 9.5h8L9.7 6.2V2M8 9.5V14M7.3 4.5h1.4M7.3 6.7h1.4",
  new: "M8 3v10M3 8h10",
  remove: "M4 4l8 8M12 4l-8 8",
  list: "M2.5 4h11M2.5 8h11M2.5 12h11",
};
